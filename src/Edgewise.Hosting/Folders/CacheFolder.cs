using Edgewise.Hosting.Images;

namespace Edgewise.Hosting.Folders;

/// <summary>The folder where instrumented images and run folders stand: <c>EDGEWISE_CACHE</c>, else the user's cache folder.</summary>
/// <remarks>
/// The fallback, where neither can be written, is a folder with a random name that only this user can read: a fixed name in a shared
/// temporary folder would let somebody else put images there. It is removed in the end.
/// </remarks>
public sealed class CacheFolder : IDisposable
{
    private readonly bool _isTemporary;

    private CacheFolder(string path, bool isTemporary)
    {
        Path = path;
        _isTemporary = isTemporary;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Opens the folder, making it where needed.</summary>
    /// <param name="note">Receives one line where the usual folder cannot be used.</param>
    /// <exception cref="HostingException">Not even a temporary folder can be made.</exception>
    public static CacheFolder Open(Action<string> note) => Open(Environment.GetEnvironmentVariable, note);

    internal static CacheFolder Open(Func<string, string?> variable, Action<string> note)
    {
        string usual = UsualPath(variable);
        try
        {
            Directory.CreateDirectory(usual);
            string probe = System.IO.Path.Combine(usual, System.IO.Path.GetRandomFileName());
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new CacheFolder(usual, isTemporary: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            note($"{usual}: cannot be written, so nothing is cached; EDGEWISE_CACHE names another folder ({e.Message})");
        }

        try
        {
            return new CacheFolder(Directory.CreateTempSubdirectory("edgewise-").FullName, isTemporary: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostingException($"{System.IO.Path.GetTempPath()}: no folder can be made there: {e.Message}", e);
        }
    }

    /// <summary>Removes the folder if it was a temporary one and nothing that a program made was kept in it.</summary>
    public void Dispose()
    {
        string runs = System.IO.Path.Combine(Path, RunFolder.ParentName);
        if (!_isTemporary)
        {
            return;
        }

        bool holdsKeptFiles = Directory.Exists(runs) && Directory.EnumerateFileSystemEntries(runs).Any();
        string removed = holdsKeptFiles ? System.IO.Path.Combine(Path, ImageCache.FolderName) : Path;
        if (Directory.Exists(removed))
        {
            Directory.Delete(removed, recursive: true);
        }
    }

    private static string UsualPath(Func<string, string?> variable)
    {
        if (variable("EDGEWISE_CACHE") is { Length: > 0 } chosen)
        {
            return System.IO.Path.GetFullPath(chosen);
        }

        if (OperatingSystem.IsWindows())
        {
            return System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "edgewise");
        }

        // The base-directory specification: a relative path there is not valid and is ignored.
        string? cache = variable("XDG_CACHE_HOME");
        string home = variable("HOME") is { Length: > 0 } set ? set : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return System.IO.Path.Combine(System.IO.Path.IsPathRooted(cache) ? cache! : System.IO.Path.Combine(home, ".cache"), "edgewise");
    }
}
