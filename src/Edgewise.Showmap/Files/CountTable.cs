using Edgewise.Feedback;
using Edgewise.Showmap.Replay;

namespace Edgewise.Showmap.Files;

/// <summary>Makes showmap files of what entries hit.</summary>
/// <param name="result">What a replay found.</param>
/// <param name="rule">How counts of several entries become one.</param>
/// <param name="hasClasses">True for hit-count classes instead of counts.</param>
/// <param name="isStable">True to leave out points whose counts depend on what ran before.</param>
public sealed class CountTable(ReplayResult result, CountRule rule, bool hasClasses, bool isStable)
{
    /// <summary>Which kinds of points are written; all where nothing else is said.</summary>
    public Func<string, bool> Domains { get; init; } = _ => true;

    private readonly ShowmapText _text = new([.. result.Modules.Select(module => new CodeModule(module.Domain, module.Hash))]);

    // Native points are numbered through all objects of the target.
    private readonly ulong[] _first = FirstNumbers(result.Modules);

    /// <summary>The file of what the accepted entries hit together; empty where they hit nothing.</summary>
    public byte[] Together()
    {
        ulong[][] sums = [.. result.Modules.Select(module => new ulong[module.Points])];
        foreach (ReplayedEntry entry in result.Entries)
        {
            foreach (SlotCount count in entry.Counts)
            {
                ref ulong sum = ref sums[count.Module][count.Slot];
                sum = rule switch
                {
                    CountRule.Max => Math.Max(sum, count.Count),
                    CountRule.Inputs => sum + 1,
                    _ => sum > ulong.MaxValue - count.Count ? ulong.MaxValue : sum + count.Count,
                };
            }
        }

        List<PointCount> points = [];
        for (int module = 0; module < sums.Length; module++)
        {
            for (int slot = 0; slot < sums[module].Length; slot++)
            {
                Add(points, new SlotCount(module, slot, sums[module][slot]));
            }
        }

        return _text.Of(points.ToArray());
    }

    /// <summary>The file of what one entry hit; empty where it hit nothing.</summary>
    public byte[] Of(ReplayedEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var points = new List<PointCount>(entry.Counts.Length);
        foreach (SlotCount count in entry.Counts)
        {
            Add(points, rule == CountRule.Inputs ? count with { Count = 1 } : count);
        }

        return _text.Of(points.ToArray());
    }

    private void Add(List<PointCount> points, SlotCount count)
    {
        if (count.Count > 0 && Domains(result.Modules[count.Module].Domain) && (!isStable || !result.Unstable.Contains((count.Module, count.Slot))))
        {
            points.Add(new PointCount(count.Module, NumberOf(count.Module, count.Slot), hasClasses ? HitCountClasses.Of((byte)Math.Min(count.Count, byte.MaxValue)) : count.Count));
        }
    }

    private ulong NumberOf(int module, int slot) =>
        result.Modules[module].Domain == PointDomain.Sancov ? _first[module] + (ulong)slot : result.Pcs[module][slot];

    private static ulong[] FirstNumbers(IReadOnlyList<ReplayModule> modules)
    {
        ulong[] first = new ulong[modules.Count];
        ulong next = 0;
        for (int i = 0; i < first.Length; i++)
        {
            first[i] = next;
            next += modules[i].Domain == PointDomain.Sancov ? (ulong)modules[i].Points : 0;
        }

        return first;
    }
}
