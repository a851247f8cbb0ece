using System.Text;
using Edgewise.Runtime.Formats;

namespace Edgewise.Corpus.Metadata;

/// <summary>
/// The metadata of a corpus in one file, to which a line is added for each change: so an entry costs one small write, and whatever ends the process, at most
/// the last line is lost. Of several lines of an entry the last counts.
/// </summary>
internal sealed class MetadataLog : IDisposable
{
    // A log with more lines than this beyond one an entry is written anew when it is opened.
    private const int MostOutdated = 1000;

    private readonly FileStream _file;

    private MetadataLog(string path, int damaged)
    {
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        DamagedLines = damaged;
    }

    /// <summary>Lines that could not be read when it was opened. What they said is lost; the entries are not.</summary>
    public int DamagedLines { get; }

    /// <summary>Opens a log, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">Receives the metadata of those entries that are there.</param>
    /// <param name="isThere">Tells whether an entry is there.</param>
    /// <exception cref="CorpusException">The file is another kind of file, or of another version.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read or written.</exception>
    public static MetadataLog Open(string path, Dictionary<EntryName, EntryMetadata> known, Predicate<EntryName> isThere)
    {
        int lines = 0;
        int damaged = 0;
        string text = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        if (text.Length > 0)
        {
            string[] read = text.Split('\n');
            if (MetadataLine.ProblemOfHeader(read[0]) is { } problem)
            {
                throw new CorpusException($"{path}: {problem}. The entries do not need the file: move it away to go on without what it says");
            }

            // After the last line feed there is nothing, or a line that was not written to its end.
            lines = read.Length - 2;
            damaged = read[^1].Length > 0 ? 1 : 0;
            damaged += Read(read.AsSpan(1, lines), known);
        }

        foreach (EntryName gone in known.Keys.Where(name => !isThere(name)).ToList())
        {
            known.Remove(gone);
        }

        if (text.Length == 0 || damaged > 0 || lines - known.Count > MostOutdated)
        {
            Rewrite(path, known);
        }

        return new MetadataLog(path, damaged);
    }

    /// <summary>Notes what is known of an entry now, or that it was removed.</summary>
    public void Add(EntryName name, EntryMetadata? metadata) => _file.Write(new MetadataLine(name, metadata).ToBytes());

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static int Read(ReadOnlySpan<string> lines, Dictionary<EntryName, EntryMetadata> known)
    {
        int damaged = 0;
        foreach (string line in lines)
        {
            switch (MetadataLine.Read(line))
            {
                case null:
                    damaged++;
                    break;
                case { Metadata: null } removed:
                    known.Remove(removed.Name);
                    break;
                case { Metadata: { } metadata } entry:
                    known[entry.Name] = metadata;
                    break;
            }
        }

        return damaged;
    }

    private static void Rewrite(string path, Dictionary<EntryName, EntryMetadata> known)
    {
        using var stream = new MemoryStream();
        stream.Write(Encoding.UTF8.GetBytes(MetadataLine.Header + "\n"));
        foreach ((EntryName name, EntryMetadata metadata) in known.OrderBy(entry => entry.Key))
        {
            stream.Write(new MetadataLine(name, metadata).ToBytes());
        }

        AtomicFile.Write(path, stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
