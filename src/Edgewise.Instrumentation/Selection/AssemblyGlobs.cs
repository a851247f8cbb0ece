namespace Edgewise.Instrumentation.Selection;

/// <summary>Comma-separated globs over simple assembly names, as <c>--assemblies</c> and <c>EDGEWISE_ASSEMBLIES</c> take them.</summary>
/// <remarks>
/// <c>*</c> stands for any characters and <c>?</c> for one; case does not matter; blanks around a glob and empty globs are dropped. A name
/// may be given with or without <c>.dll</c> or <c>.exe</c> at its end.
/// </remarks>
public sealed class AssemblyGlobs
{
    private readonly string[] _globs;

    private AssemblyGlobs(string[] globs) => _globs = globs;

    /// <summary>The globs, in order.</summary>
    public IReadOnlyList<string> Globs => _globs;

    /// <summary>True where there is no glob, which matches nothing.</summary>
    public bool IsEmpty => _globs.Length == 0;

    /// <summary>Reads a list such as <c>Markdig,My.*</c>; null reads as an empty one.</summary>
    public static AssemblyGlobs Parse(string? globs) =>
        new((globs ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>True if a glob matches the assembly.</summary>
    /// <param name="simpleName">The assembly's simple name, for example <c>Markdig</c>.</param>
    public bool Matches(string simpleName) => Array.Exists(_globs, glob => Matches(glob, simpleName));

    /// <summary>The globs that match none of the names, in order: each is most likely a mistake.</summary>
    public IReadOnlyList<string> WithoutMatch(IEnumerable<string> simpleNames)
    {
        string[] names = [.. simpleNames];
        return Array.FindAll(_globs, glob => !Array.Exists(names, name => Matches(glob, name)));
    }

    private static bool Matches(string glob, string name)
    {
        // As in file system globs, but over names: no separator is special, and no character escapes.
        return System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(glob.Replace('\\', '/'), name, ignoreCase: true)
            || (HasImageExtension(glob)
                && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(glob[..^4].Replace('\\', '/'), name, ignoreCase: true));
    }

    private static bool HasImageExtension(string glob) =>
        glob.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || glob.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);
}
