using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Replay.Records;

namespace Edgewise.Showmap.Replay;

/// <summary>Puts together what workers and earlier runs wrote down.</summary>
internal sealed class ResultBuilder
{
    private readonly HashSet<ContentHash> _wanted;
    private readonly Dictionary<ContentHash, EntryCounts> _found = [];
    private readonly List<ReplayModule> _modules = [];
    private readonly List<ulong[]> _pcs = [];

    /// <summary>Begins.</summary>
    /// <param name="wanted">Contents of the entries.</param>
    /// <param name="modules">The modules of the target, in order, and where they are now.</param>
    public ResultBuilder(HashSet<ContentHash> wanted, IEnumerable<ReplayModule> modules)
    {
        _wanted = wanted;
        foreach (ReplayModule module in modules)
        {
            NumberOf(module);
        }
    }

    /// <summary>Adds a file of records.</summary>
    public void Add(string path)
    {
        List<int> numbers = [];
        new RecordReader
        {
            Module = module => numbers.Add(NumberOf(module)),
            Point = (module, slot, pc) =>
            {
                ulong[] pcs = _pcs[numbers[module]];
                if ((uint)slot < (uint)pcs.Length)
                {
                    pcs[slot] = pc;
                }
            },
            Entry = (content, counts) =>
            {
                if (_wanted.Contains(content))
                {
                    _found.TryAdd(content, Renumbered(counts, numbers));
                }
            },
        }.Read(path);
    }

    /// <summary>The result.</summary>
    /// <param name="target">Name of the target.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="fateOf">What became of an entry that has no counts; null for one that has.</param>
    /// <param name="contentOf">The content of an entry.</param>
    public ReplayResult Build(string target, IReadOnlyList<ReplayEntry> entries, Func<int, EntryOutcome?> fateOf, Func<int, ContentHash?> contentOf)
    {
        var counts = new EntryCounts[entries.Count];
        // What depends on what ran before belongs to the first entry that met it: so it does not matter which process ran what.
        var firsts = new Dictionary<(int, int), (int Entry, ulong Count)>();
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = fateOf(i) is { } fate ? new EntryCounts(fate, [], [], 0)
                : contentOf(i) is { } content && _found.TryGetValue(content, out EntryCounts? found) ? found
                : throw new ShowmapException($"{entries[i].Path}: was not replayed: a worker ended early");
            foreach (SlotCount before in counts[i].Before)
            {
                firsts.TryAdd((before.Module, before.Slot), (i, before.Count));
            }
        }

        var replayed = new ReplayedEntry[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            SlotCount[] own = counts[i].Before.Length == 0 ? counts[i].Counts : WithFirsts(counts[i], i, firsts);
            replayed[i] = new ReplayedEntry(entries[i], contentOf(i)?.ToString() ?? "", counts[i].Outcome, own, counts[i].Saturated);
        }

        return new ReplayResult(target, _modules, _pcs, replayed, firsts.Keys.ToHashSet());
    }

    private static SlotCount[] WithFirsts(EntryCounts counts, int entry, Dictionary<(int, int), (int Entry, ulong Count)> firsts)
    {
        var sums = new SortedDictionary<(int, int), ulong>();
        foreach (SlotCount count in counts.Counts)
        {
            sums[(count.Module, count.Slot)] = count.Count;
        }

        foreach (SlotCount before in counts.Before)
        {
            (int, int) point = (before.Module, before.Slot);
            if (firsts[point].Entry == entry)
            {
                sums[point] = Math.Max(sums.GetValueOrDefault(point), before.Count);
            }
        }

        return [.. sums.Where(sum => sum.Value > 0).Select(sum => new SlotCount(sum.Key.Item1, sum.Key.Item2, sum.Value))];
    }

    private int NumberOf(ReplayModule module)
    {
        int number = _modules.FindIndex(known => known.Domain == module.Domain && known.Hash == module.Hash && known.Name == module.Name);
        if (number < 0)
        {
            number = _modules.Count;
            _modules.Add(module);
            _pcs.Add(new ulong[module.Points]);
        }

        return number;
    }

    private static EntryCounts Renumbered(EntryCounts counts, List<int> numbers)
    {
        Renumber(counts.Counts, numbers);
        Renumber(counts.Before, numbers);
        return counts;
    }

    // In place: nobody else has them.
    private static void Renumber(SlotCount[] counts, List<int> numbers)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = counts[i] with { Module = numbers[counts[i].Module] };
        }
    }
}
