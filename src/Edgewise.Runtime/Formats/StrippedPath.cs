namespace Edgewise.Runtime.Formats;

/// <summary>Paths as <c>strip_path_prefix</c> shortens them.</summary>
internal static class StrippedPath
{
    /// <summary>
    /// The path behind the first occurrence of <paramref name="prefix"/>, wherever that is, and without a leading <c>./</c>: what the sanitizers
    /// mean by a prefix. A path without it stays as it is, as does any where <paramref name="prefix"/> is empty.
    /// </summary>
    public static string Of(string path, string prefix)
    {
        int place = prefix.Length == 0 ? -1 : path.IndexOf(prefix, StringComparison.Ordinal);
        if (place < 0)
        {
            return path;
        }

        string rest = path[(place + prefix.Length)..];
        return rest.StartsWith("./", StringComparison.Ordinal) ? rest[2..] : rest;
    }
}
