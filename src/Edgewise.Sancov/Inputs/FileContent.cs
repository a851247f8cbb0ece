namespace Edgewise.Sancov.Inputs;

/// <summary>Reads whole files, with the failure as one line that begins with the file's name.</summary>
internal static class FileContent
{
    /// <summary>The same for two spellings of one path; a path that cannot be one stands for itself, and fails when it is read.</summary>
    public static string Identity(string path) => path.Length == 0 || path.Contains('\0') ? path : Path.GetFullPath(path);

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="SancovException">It cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : Directory.Exists(path) ? "this is a folder; name the files in it"
                : e.Message;
            throw new SancovException($"{path}: {reason}", e);
        }
    }
}
