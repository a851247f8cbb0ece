using Edgewise.Corpus;
using Edgewise.Corpus.Inputs;

namespace Edgewise.Showmap.Corpora;

/// <summary>Lists the entries of a corpus, whichever program keeps it.</summary>
/// <remarks>
/// The layouts, in this order: Foundry's (<c>worker*/corpus</c>; all workers, one id and time is one entry), AFL++'s (<c>queue</c>, or folders that each have one), and a folder of
/// files, which is also libFuzzer's and Edgewise's own. What a program keeps beside its entries has names that begin with a dot, and is left out.
/// </remarks>
public static class EntryList
{
    private const string Queue = "queue";
    private const string Corpus = "corpus";

    /// <summary>Lists them by name, in ordinal order: how the system lists them makes no difference.</summary>
    /// <param name="corpus">The folder, or one file.</param>
    /// <exception cref="ShowmapException">There is no such folder, it cannot be read, or a name cannot be part of a file's name.</exception>
    public static IReadOnlyList<ReplayEntry> Read(string corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        if (!Directory.Exists(corpus) && !File.Exists(corpus))
        {
            throw new ShowmapException($"{corpus}: corpus not found; expected a folder of inputs, or one input");
        }

        try
        {
            List<ReplayEntry> entries = File.Exists(corpus) ? [Entry(Path.GetDirectoryName(Path.GetFullPath(corpus))!, Path.GetFullPath(corpus))]
                : Workers(corpus) is { Count: > 0 } workers ? OfWorkers(corpus, workers)
                : [.. Roots(corpus).SelectMany(InputFolder.List).Select(file => Entry(corpus, file.Path))];
            if (!IsSorted(entries))
            {
                entries.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
            }

            return entries;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CorpusException)
        {
            throw new ShowmapException($"{corpus}: the corpus cannot be listed: {failure.Message}", failure);
        }
    }

    private static bool IsSorted(List<ReplayEntry> entries)
    {
        for (int i = 1; i < entries.Count; i++)
        {
            if (string.CompareOrdinal(entries[i - 1].Name, entries[i].Name) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static List<string> Workers(string corpus) =>
        [.. Directory.EnumerateDirectories(corpus, "worker*").Select(worker => Path.Combine(worker, Corpus)).Where(Directory.Exists).Order(StringComparer.Ordinal)];

    private static string[] Roots(string corpus)
    {
        if (Directory.Exists(Path.Combine(corpus, Queue)))
        {
            return [Path.Combine(corpus, Queue)];
        }

        string[] queues = [.. Directory.EnumerateDirectories(corpus).Where(folder => Path.GetFileName(folder)[0] != '.').Select(folder => Path.Combine(folder, Queue)).Where(Directory.Exists)];
        return queues.Length > 0 ? queues : [corpus];
    }

    // Workers share entries by hard links: the same id and time is the same entry, in whichever folder it comes first.
    private static List<ReplayEntry> OfWorkers(string corpus, List<string> workers)
    {
        List<ReplayEntry> entries = [];
        var known = new HashSet<(Guid, long)>();
        foreach (InputFile file in workers.SelectMany(InputFolder.List))
        {
            if (!EntryNames.TryParse(Path.GetFileName(file.Path), out Guid id, out long seconds) || known.Add((id, seconds)))
            {
                entries.Add(Entry(corpus, file.Path));
            }
        }

        return entries;
    }

    private static ReplayEntry Entry(string root, string path)
    {
        string name = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
        return HasControl(name)
            ? throw new ShowmapException($"{root}: the name of an entry has a control character: \"{Escape(name)}\"; expected a name that can stand in a file's name")
            : new ReplayEntry(name, path, EntryNames.IsSequence(Path.GetFileName(path)) ? EntryKind.Sequence : EntryKind.Input);
    }

    private static bool HasControl(ReadOnlySpan<char> name) => name.ContainsAnyInRange('\0', '\x1F') || name.ContainsAnyInRange('\x7F', '\x9F');

    private static string Escape(string name) => string.Concat(name.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
