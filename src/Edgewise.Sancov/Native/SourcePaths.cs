namespace Edgewise.Sancov.Native;

/// <summary>Brings paths of sources into one form.</summary>
/// <param name="prefix">What is cut off, with all before it; empty for nothing. As in LLVM it may begin anywhere in the path.</param>
public sealed class SourcePaths(string prefix)
{
    private readonly Dictionary<string, string> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _results = new(StringComparer.Ordinal);
    private string? _last, _lastPlain;

    /// <summary>The path without <c>.</c> and <c>..</c>, with slashes where it is one of Windows, and without the prefix. Equal results are one string.</summary>
    public string Of(string path)
    {
        if (ReferenceEquals(path, _last))
        {
            return _lastPlain!;
        }

        if (!_known.TryGetValue(path, out string? plain))
        {
            plain = Strip(WithoutDots(IsOfWindows(path) ? path.Replace('\\', '/') : path));
            plain = plain == path ? path : plain;
            if (!_results.TryAdd(plain, plain))
            {
                plain = _results[plain];
            }

            _known.Add(path, plain);
        }

        _last = path;
        return _lastPlain = plain;
    }

    private static bool IsOfWindows(string path) =>
        path.StartsWith(@"\\", StringComparison.Ordinal) || (path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] is '\\' or '/');

    private static string WithoutDots(string path)
    {
        if (!path.Contains('.'))
        {
            return path;
        }

        bool isRooted = path.StartsWith('/');
        List<string> parts = [];
        foreach (string part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != "." && part.Length > 0 && !(part == ".." && isRooted))
            {
                parts.Add(part);
            }
        }

        return (isRooted ? "/" : "") + string.Join('/', parts);
    }

    private string Strip(string path)
    {
        int index = prefix.Length == 0 ? -1 : path.IndexOf(prefix, StringComparison.Ordinal);
        return index < 0 ? path : path[(index + prefix.Length)..];
    }
}
