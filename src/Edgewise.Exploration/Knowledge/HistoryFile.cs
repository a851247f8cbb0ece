using System.Security.Cryptography;
using System.Text;
using Edgewise.Runtime.Formats;

namespace Edgewise.Exploration.Knowledge;

/// <summary>
/// What searches found, kept for the next ones: the history of each simulation by its name. It belongs to one build of the programs that were searched,
/// since an edge is told by its number there. The layout stands in <c>docs/formats.md</c>.
/// </summary>
public sealed class HistoryFile
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    public const int Version = 1;

    internal const string FormatName = "history of searches";
    internal const int ChecksumSize = SHA256.HashSizeInBytes;
    private const int BuildSize = SHA256.HashSizeInBytes;

    private readonly SortedDictionary<string, SearchHistory> _histories = new(StringComparer.Ordinal);

    /// <summary>Begins without histories.</summary>
    /// <param name="build">SHA-256 of what was searched, as 64 hexadecimal digits.</param>
    /// <exception cref="FormatException">The hash is none.</exception>
    public HistoryFile(string build)
    {
        ArgumentNullException.ThrowIfNull(build);
        byte[] hash = Convert.FromHexString(build);
        Build = hash.Length == BuildSize ? Convert.ToHexStringLower(hash) : throw new FormatException($"build '{build}': expected {2 * BuildSize} hexadecimal digits");
    }

    /// <summary>SHA-256 of what was searched.</summary>
    public string Build { get; }

    /// <summary>The histories by name.</summary>
    public IReadOnlyDictionary<string, SearchHistory> Histories => _histories;

    internal static ReadOnlySpan<byte> Magic => "EWSEARCH"u8;

    /// <summary>Reads a file of a build.</summary>
    /// <param name="path">The file.</param>
    /// <param name="build">SHA-256 of what is going to be searched.</param>
    /// <exception cref="CoverageFormatException">The file is damaged, of another version, or of another build; the message names both builds.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static HistoryFile Read(string path, string build)
    {
        HistoryFile file = Parse(File.ReadAllBytes(path), path);
        return file.Build.Equals(build, StringComparison.OrdinalIgnoreCase)
            ? file
            : throw new CoverageFormatException($"{path}: {FormatName} of build {file.Build}, but what is searched now is build {build}: its edges have other numbers, so search without the file");
    }

    /// <summary>Sets the history of a name.</summary>
    public void Set(string name, SearchHistory history)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(history);
        _histories[name] = history;
    }

    /// <summary>Writes or replaces a file, as a whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, ToBytes());

    /// <summary>The content of the file; equal histories are equal bytes.</summary>
    internal byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(Convert.FromHexString(Build));
            writer.Write(_histories.Count);
            foreach ((string name, SearchHistory history) in _histories)
            {
                Write(writer, name, history);
            }
        }

        stream.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    /// <summary>Reads the content of a file. Only as much is allocated as the bytes that are there can stand for.</summary>
    /// <exception cref="CoverageFormatException">It is damaged or of another version.</exception>
    internal static HistoryFile Parse(ReadOnlySpan<byte> data, string source)
    {
        var reader = new HistoryReader(data, source);
        reader.Expect(Magic, "its name EWSEARCH");
        int version = reader.Number();
        if (version != Version)
        {
            throw new CoverageFormatException($"{source}: {FormatName}, version {version}; expected version {Version}");
        }

        reader.CheckEnd();
        var file = new HistoryFile(Convert.ToHexStringLower(reader.Bytes(BuildSize)));
        int histories = reader.Number();
        for (int i = 0; i < histories; i++)
        {
            string name = reader.Text();
            if (!file._histories.TryAdd(name, reader.History()))
            {
                reader.Fail($"'{name}' for the second time");
            }
        }

        if (reader.Remaining != 0)
        {
            reader.Fail($"{reader.Remaining} bytes behind the last history");
        }

        return file;
    }

    private static void Write(BinaryWriter writer, string name, SearchHistory history)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        writer.Write(nameBytes.Length);
        writer.Write(nameBytes);
        writer.Write(history.StateCount);
        foreach ((ulong state, long best) in history.States.OrderBy(state => state.Key))
        {
            writer.Write(state);
            writer.Write(best);
        }

        writer.Write(history.EdgeCount);
        writer.Write(history.Edges);
        writer.Write(history.Masked.Length);
        writer.Write(history.Masked);
    }
}
