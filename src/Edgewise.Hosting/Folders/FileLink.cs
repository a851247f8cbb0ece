using Edgewise.Hosting.Platform;

namespace Edgewise.Hosting.Folders;

/// <summary>Puts a file under a second path at the least cost: hard link, else symbolic link, else copy.</summary>
internal static class FileLink
{
    /// <summary>Links a file.</summary>
    /// <param name="path">Where it shall also stand.</param>
    /// <param name="existing">Where it stands; a symbolic link is followed.</param>
    /// <param name="allowSymbolic">False for the program's own assembly, whose symbolic link the host would resolve.</param>
    /// <exception cref="IOException">Not even a copy was possible.</exception>
    public static void Create(string path, string existing, bool allowSymbolic = true)
    {
        string real = File.ResolveLinkTarget(existing, returnFinalTarget: true)?.FullName ?? existing;
        if (HardLink.TryCreate(path, real) || (allowSymbolic && TrySymbolic(path, real)))
        {
            return;
        }

        File.Copy(real, path);
    }

    /// <summary>Links a folder as a whole; false where the system has no symbolic links or gives no right to make one.</summary>
    public static bool TryCreateFolder(string path, string existing)
    {
        try
        {
            Directory.CreateSymbolicLink(path, existing);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TrySymbolic(string path, string existing)
    {
        try
        {
            File.CreateSymbolicLink(path, existing);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
