using Edgewise.Corpus.Inputs;
using Edgewise.Corpus.Metadata;

namespace Edgewise.Corpus;

/// <summary>
/// A folder that keeps the entries of a campaign, a file each, named by their content, so that libFuzzer and AFL read it too. What is known of them stands
/// beside them in <c>.edgewise/</c>, which those leave alone. Everything is on disk when a call returns, and no file is ever half written.
/// </summary>
/// <remarks>Only one process at a time has a folder open. Not safe for use by several threads at once.</remarks>
public sealed class CorpusFolder : IDisposable
{
    private const string StateFolder = ".edgewise";
    private const string TemporaryPattern = "*.tmp";

    private readonly FolderLock _lock;
    private readonly MetadataLog _log;
    private readonly Dictionary<EntryName, EntryMetadata> _metadata;
    private readonly HashSet<EntryName> _names;
    private readonly List<SkippedInput> _skipped = [];

    private CorpusFolder(string path, FolderLock folderLock, MetadataLog log, HashSet<EntryName> names, Dictionary<EntryName, EntryMetadata> metadata)
    {
        FolderPath = path;
        _lock = folderLock;
        _log = log;
        _names = names;
        _metadata = metadata;
    }

    /// <summary>The folder.</summary>
    public string FolderPath { get; }

    /// <summary>Bytes of the largest entry that is read; what is larger is left out, and stands in <see cref="Skipped"/>.</summary>
    public int LargestEntry { get; init; } = InputFolder.UsualLargest;

    /// <summary>The entries that are named by their content.</summary>
    public IReadOnlyCollection<EntryName> Names => _names;

    /// <summary>Files that were left out while reading, and why.</summary>
    public IReadOnlyList<SkippedInput> Skipped => _skipped;

    /// <summary>Lines of metadata that could not be read when the folder was opened; what they said is lost, and the entries are not.</summary>
    public int DamagedMetadata => _log.DamagedLines;

    /// <summary>Opens a folder for a campaign, and makes it where it is missing.</summary>
    /// <exception cref="CorpusException">It cannot be read or written, or another process has it open; the message names that.</exception>
    public static CorpusFolder Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (File.Exists(path))
        {
            throw new CorpusException($"{path}: is a file; expected a folder for a corpus");
        }

        string state = Path.Combine(path, StateFolder);
        FolderLock? folderLock = null;
        try
        {
            Directory.CreateDirectory(state);
            folderLock = FolderLock.Take(path, state);
            DeleteTemporaries(state);
            HashSet<EntryName> names = ListNames(path);
            Dictionary<EntryName, EntryMetadata> metadata = [];
            MetadataLog log = MetadataLog.Open(Path.Combine(state, "metadata"), metadata, names.Contains);
            var folder = new CorpusFolder(path, folderLock, log, names, metadata);
            folderLock = null;
            return folder;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{path}: cannot be used as a corpus: {failure.Message}", failure);
        }
        finally
        {
            folderLock?.Dispose();
        }
    }

    /// <summary>Reads all inputs in the folder, those with other names and in folders below too; equal contents once. The smallest come first, and equally long ones by name.</summary>
    /// <exception cref="CorpusException">The folder cannot be read.</exception>
    public List<CorpusEntry> Load()
    {
        Dictionary<EntryName, CorpusEntry> entries = [];
        foreach (InputFile file in InputFolder.List(FolderPath))
        {
            if (InputFolder.Read(file, LargestEntry, out SkippedInput? skipped) is { } content)
            {
                EntryName name = EntryName.Of(content);
                entries.TryAdd(name, new CorpusEntry(name, content, file.Path, _metadata.GetValueOrDefault(name)));
            }
            else
            {
                _skipped.Add(skipped!.Value);
            }
        }

        return [.. entries.Values.OrderBy(entry => entry.Content.Length).ThenBy(entry => entry.Name)];
    }

    /// <summary>Keeps an entry.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="CorpusException">It cannot be written.</exception>
    public EntryName Add(ReadOnlySpan<byte> content, EntryMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        EntryName name = EntryName.Of(content);
        try
        {
            if (!_names.Contains(name))
            {
                Write(name, content);
                _names.Add(name);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{PathOf(name)}: the entry cannot be written: {failure.Message}", failure);
        }

        Note(name, metadata);
        return name;
    }

    /// <summary>Changes what is known of an entry.</summary>
    /// <exception cref="CorpusException">There is no such entry, or it cannot be written.</exception>
    public void Update(EntryName name, EntryMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (!_names.Contains(name))
        {
            throw new CorpusException($"{FolderPath}: has no entry {name}");
        }

        Note(name, metadata);
    }

    /// <summary>What is known of an entry; null if nothing is.</summary>
    public EntryMetadata? MetadataOf(EntryName name) => _metadata.GetValueOrDefault(name);

    /// <summary>Removes an entry.</summary>
    /// <returns>False if there is none.</returns>
    /// <exception cref="CorpusException">It cannot be removed.</exception>
    public bool Remove(EntryName name)
    {
        if (!_names.Contains(name))
        {
            return false;
        }

        try
        {
            File.Delete(PathOf(name));
            _names.Remove(name);
            if (_metadata.Remove(name))
            {
                _log.Add(name, null);
            }

            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{PathOf(name)}: the entry cannot be removed: {failure.Message}", failure);
        }
    }

    /// <summary>Puts a better entry in the place of another: the new one is there before the old one goes.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="CorpusException">It cannot be written.</exception>
    public EntryName Replace(EntryName old, ReadOnlySpan<byte> content, EntryMetadata metadata)
    {
        EntryName name = Add(content, metadata);
        if (name != old)
        {
            Remove(old);
        }

        return name;
    }

    /// <summary>The file of an entry.</summary>
    public string PathOf(EntryName name) => Path.Combine(FolderPath, name.ToString());

    /// <summary>Lets other processes have the folder.</summary>
    public void Dispose()
    {
        _log.Dispose();
        _lock.Dispose();
    }

    private void Note(EntryName name, EntryMetadata metadata)
    {
        try
        {
            _log.Add(name, metadata);
        }
        catch (IOException failure)
        {
            throw new CorpusException($"{FolderPath}: what is known of entry {name} cannot be written: {failure.Message}", failure);
        }

        _metadata[name] = metadata;
    }

    // Under its temporary name it stands where nobody looks for inputs.
    private void Write(EntryName name, ReadOnlySpan<byte> content)
    {
        string temporary = Path.Combine(FolderPath, StateFolder, "entry.tmp");
        using (Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, content, 0);
        }

        File.Move(temporary, PathOf(name), overwrite: true);
    }

    private static HashSet<EntryName> ListNames(string path)
    {
        HashSet<EntryName> names = [];
        foreach (string file in Directory.EnumerateFiles(path))
        {
            if (EntryName.TryParse(Path.GetFileName(file.AsSpan()), out EntryName name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    // What a process that was killed was about to write.
    private static void DeleteTemporaries(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, TemporaryPattern))
        {
            File.Delete(file);
        }
    }
}
