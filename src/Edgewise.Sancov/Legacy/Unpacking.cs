using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Legacy;

/// <summary>Puts unpacked <c>.sancov</c> files into a folder.</summary>
public static class Unpacking
{
    /// <summary>
    /// Writes files. One that is there with the same content stays; one with other content is an error before anything is written, for nobody knows
    /// which of the two is wanted.
    /// </summary>
    /// <param name="folder">The folder, which is made where it is missing.</param>
    /// <param name="files">The files; a name may come several times with one content.</param>
    /// <returns>Paths of all files, those that were there included.</returns>
    /// <exception cref="SancovException">A file is there with other content, or cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, IEnumerable<UnpackedSancov> files)
    {
        var contents = new Dictionary<string, byte[]>();
        foreach (UnpackedSancov file in files)
        {
            string path = Path.Combine(folder, file.FileName);
            if (!(contents.TryGetValue(path, out byte[]? other) || TryRead(path, out other)) || other.AsSpan().SequenceEqual(file.Content))
            {
                contents[path] = file.Content;
                continue;
            }

            throw new SancovException($"{path}: is there already with other content; --output names another folder");
        }

        try
        {
            Directory.CreateDirectory(folder);
            foreach ((string path, byte[] content) in contents)
            {
                AtomicFile.Write(path, content);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SancovException($"{folder}: cannot be written: {e.Message}", e);
        }

        return [.. contents.Keys];
    }

    private static bool TryRead(string path, out byte[]? content)
    {
        content = File.Exists(path) ? Inputs.FileContent.Read(path) : null;
        return content is not null;
    }
}
