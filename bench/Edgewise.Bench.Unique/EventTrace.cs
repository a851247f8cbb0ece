namespace Edgewise.Bench.Unique;

/// <summary>A sequence of places that code passed.</summary>
/// <param name="Name">What it is a trace of.</param>
/// <param name="Pcs">PC of each site.</param>
/// <param name="Events">The sites as they were passed.</param>
/// <param name="Length">How many there were when it was taken; more than <paramref name="Events"/> where only the first are stored.</param>
internal sealed record EventTrace(string Name, ulong[] Pcs, uint[] Events, long Length)
{
    /// <summary>How many different sites were passed: the oracle's count.</summary>
    public int UniquePcs { get; } = new HashSet<uint>(Events).Count;

    /// <summary>How many different pairs of neighbours there are, the first event's with nothing before it included.</summary>
    public int UniqueEdges { get; } = Pairs(Events).ToHashSet().Count;

    /// <summary>A trace whose every event but a tenth is new, or fewer: deduplication has little to gain there.</summary>
    public bool IsMostlyNew => UniquePcs * 2 >= Events.Length;

    /// <summary>A trace of which each place is passed twenty times and more.</summary>
    public bool IsLoop => UniquePcs * 20L <= Events.Length;

    /// <summary>A trace of PCs.</summary>
    /// <param name="name">What it is of.</param>
    /// <param name="pcs">PCs as they were passed.</param>
    /// <param name="length">How many there were when it was taken.</param>
    public static EventTrace OfPcs(string name, IEnumerable<ulong> pcs, long length)
    {
        Dictionary<ulong, uint> sites = [];
        List<uint> events = [];
        foreach (ulong pc in pcs)
        {
            if (!sites.TryGetValue(pc, out uint site))
            {
                sites.Add(pc, site = (uint)sites.Count);
            }

            events.Add(site);
        }

        return new EventTrace(name, [.. sites.Keys], [.. events], length);
    }

    /// <summary>Neighbours as words, the first in the upper half and one more than its number.</summary>
    public static IEnumerable<ulong> Pairs(uint[] events)
    {
        ulong before = 0;
        foreach (uint site in events)
        {
            yield return (before << 32) | (site + 1);
            before = site + 1;
        }
    }
}
