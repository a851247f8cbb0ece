using System.Buffers.Binary;
using Edgewise.Corpus.Inputs;
using Edgewise.Runtime.Formats;

namespace Edgewise.Corpus.Sync;

/// <summary>
/// This process's place in a folder that several fuzzers share, in the layout of AFL++: each instance owns <c>NAME/</c>, writes what it finds into
/// <c>NAME/queue/</c>, and notes in <c>NAME/.synced/PEER</c> up to which number it has read the queue of each other. AFL++ reads what is written here, and the other way round.
/// </summary>
/// <remarks>Not safe for use by several threads at once; several processes, each with a name of its own, are what it is for.</remarks>
public sealed class SyncFolder : IDisposable
{
    /// <summary>Bytes of the largest input that AFL takes; larger ones, and empty ones, are neither written nor read.</summary>
    public const int LargestInput = 1 << 20;

    private readonly FolderLock _lock;
    private readonly string _queue;
    private readonly string _state;
    private readonly string _synced;
    private readonly List<SkippedInput> _skipped = [];
    private uint _next;

    private SyncFolder(string root, string name, FolderLock folderLock, string queue, string state, string synced)
    {
        Root = root;
        Name = name;
        _lock = folderLock;
        _queue = queue;
        _state = state;
        _synced = synced;
        foreach ((uint id, _) in Queue(queue))
        {
            _next = Math.Max(_next, id + 1);
        }
    }

    /// <summary>The folder that all share.</summary>
    public string Root { get; }

    /// <summary>Name of this instance.</summary>
    public string Name { get; }

    /// <summary>Inputs that were left out, and why.</summary>
    public IReadOnlyList<SkippedInput> Skipped => _skipped;

    /// <summary>Takes a place in a folder, the one that an instance of the same name had before, or a new one.</summary>
    /// <param name="root">The folder that all share; made where it is missing.</param>
    /// <param name="name">Name of this instance.</param>
    /// <exception cref="CorpusException">The name is no name of a folder, another process has the place, or it cannot be read or written.</exception>
    public static SyncFolder Join(string root, string name)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name.StartsWith('.') || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
        {
            throw new CorpusException($"'{name}': expected the name of an instance, which is the name of its folder in {root}");
        }

        string instance = Path.Combine(root, name);
        string queue = Path.Combine(instance, "queue");
        string state = Path.Combine(instance, ".edgewise");
        string synced = Path.Combine(instance, ".synced");
        FolderLock? folderLock = null;
        try
        {
            Directory.CreateDirectory(queue);
            Directory.CreateDirectory(state);
            Directory.CreateDirectory(synced);
            folderLock = FolderLock.Take(instance, state);
            var folder = new SyncFolder(root, name, folderLock, queue, state, synced);
            folderLock = null;
            return folder;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{instance}: cannot be used to share inputs: {failure.Message}", failure);
        }
        finally
        {
            folderLock?.Dispose();
        }
    }

    /// <summary>Offers an input to the others.</summary>
    /// <param name="content">The input.</param>
    /// <param name="origin">Where it came from: one of the <c>Of…</c> of <see cref="QueueName"/>.</param>
    /// <returns>Its number; null if it is empty or too long for AFL, and is left out.</returns>
    /// <exception cref="CorpusException">It cannot be written.</exception>
    public uint? Publish(ReadOnlySpan<byte> content, string origin)
    {
        var name = new QueueName(_next, origin);
        string path = Path.Combine(_queue, name.ToString());
        if (content.IsEmpty || content.Length > LargestInput)
        {
            _skipped.Add(new SkippedInput(path, $"{content.Length} bytes; expected 1 to {LargestInput}, which is what AFL takes"));
            return null;
        }

        try
        {
            // Under its temporary name it stands where no other instance looks.
            string temporary = Path.Combine(_state, "input.tmp");
            using (Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, content, 0);
            }

            File.Move(temporary, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{path}: cannot be written: {failure.Message}", failure);
        }

        return _next++;
    }

    /// <summary>Goes through the inputs that others wrote since the last time, instance by instance and in the order of their numbers.</summary>
    /// <param name="take">Called for each. Once it returns, the input is noted as read: if the process dies in it, the input does not come again.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="CorpusException">A queue cannot be read, or what was read cannot be noted.</exception>
    public int Import(Action<PeerInput> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        try
        {
            return Peers().Sum(peer => Import(peer, take));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CorpusException($"{Root}: the inputs of others cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Leaves the place; what was written stays for the others.</summary>
    public void Dispose() => _lock.Dispose();

    private int Import(string peer, Action<PeerInput> take)
    {
        string noted = Path.Combine(_synced, peer);
        uint next = ReadNext(noted);
        uint first = next;
        int count = 0;
        foreach ((uint id, InputFile file) in Queue(Path.Combine(Root, peer, "queue")).Where(input => input.Id >= first))
        {
            next = id + 1;
            WriteNext(noted, next);
            if (file.Size is 0 or > LargestInput)
            {
                _skipped.Add(new SkippedInput(file.Path, $"{file.Size} bytes; expected 1 to {LargestInput}"));
            }
            else if (InputFolder.Read(file, LargestInput, out SkippedInput? skipped) is { } content)
            {
                take(new PeerInput(peer, id, content));
                count++;
            }
            else
            {
                _skipped.Add(skipped!.Value);
            }
        }

        // What AFL++ shows as the time of the last look.
        File.WriteAllBytes(noted + ".last", []);
        return count;
    }

    private IEnumerable<string> Peers() => Directory.EnumerateDirectories(Root)
        .Select(folder => Path.GetFileName(folder))
        .Where(peer => peer != Name && !peer.StartsWith('.') && Directory.Exists(Path.Combine(Root, peer, "queue")))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<(uint Id, InputFile File)> Queue(string folder) => new DirectoryInfo(folder).EnumerateFiles()
        .Select(file => (Name: QueueName.TryParse(file.Name, out QueueName name) ? name : (QueueName?)null, File: file))
        .Where(input => input.Name is not null)
        .Select(input => (input.Name!.Value.Id, new InputFile(input.File.FullName, input.File.Length)))
        .OrderBy(input => input.Id).ThenBy(input => input.Item2.Path, StringComparer.Ordinal);

    private static uint ReadNext(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        byte[] bytes = File.ReadAllBytes(path);
        return bytes.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;
    }

    private static void WriteNext(string path, uint next)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, next);
        AtomicFile.Write(path, bytes);
    }
}
