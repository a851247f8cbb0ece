namespace Edgewise.Hosting.Folders;

/// <summary>Files that appear in an output folder together or not at all: written under temporary names, renamed at the end.</summary>
/// <remarks>Not safe for several threads. What existed before is never replaced.</remarks>
public sealed class OutputFiles : IDisposable
{
    private readonly string _folder;
    private readonly List<(string Temporary, string Final)> _written = [];
    private readonly List<string> _renamed = [];
    private readonly string? _made;
    private bool _isComplete;

    /// <summary>Makes the folder where it is not there yet.</summary>
    /// <exception cref="HostingException">It cannot be made.</exception>
    public OutputFiles(string folder)
    {
        _folder = folder;
        _made = FirstMissing(Path.GetFullPath(folder));
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostingException($"{folder}: the output folder cannot be made: {e.Message}", e);
        }
    }

    /// <summary>Writes a file under a temporary name.</summary>
    /// <param name="name">Its name in the folder.</param>
    /// <param name="content">All bytes.</param>
    /// <exception cref="HostingException">It exists already or cannot be written.</exception>
    public void Add(string name, ReadOnlySpan<byte> content)
    {
        string final = Path.Combine(_folder, name);
        string temporary = $"{final}.{Path.GetRandomFileName()}";
        if (File.Exists(final) || Directory.Exists(final))
        {
            throw Existing(final);
        }

        _written.Add((temporary, final));
        try
        {
            using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            stream.Write(content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostingException($"{final}: cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Gives all files their names.</summary>
    /// <exception cref="HostingException">A name was taken meanwhile, or the system refuses; none of the files is there then.</exception>
    public void Complete()
    {
        foreach ((string temporary, string final) in _written)
        {
            try
            {
                File.Move(temporary, final, overwrite: false);
                _renamed.Add(final);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw File.Exists(final) ? Existing(final) : new HostingException($"{final}: cannot be written: {e.Message}", e);
            }
        }

        _isComplete = true;
    }

    /// <summary>Removes everything unless it was completed.</summary>
    public void Dispose()
    {
        if (_isComplete)
        {
            return;
        }

        _isComplete = true;
        _written.ForEach(file => TryDelete(file.Temporary));
        _renamed.ForEach(TryDelete);
        if (_made is not null)
        {
            RemoveEmpty(Path.GetFullPath(_folder), _made);
        }
    }

    private static HostingException Existing(string path) =>
        new($"{path}: exists already; remove it or choose another folder with -o");

    /// <summary>The uppermost folder that has to be made, so that a failure can take it away again.</summary>
    private static string? FirstMissing(string folder)
    {
        string? missing = null;
        for (string? path = folder; path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            missing = path;
        }

        return missing;
    }

    private static void RemoveEmpty(string folder, string last)
    {
        try
        {
            for (string path = folder; path.Length >= last.Length; path = Path.GetDirectoryName(path)!)
            {
                Directory.Delete(path);
            }
        }
        catch (IOException)
        {
            // Somebody put a file there meanwhile; theirs it stays.
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to tell.
        }
    }
}
