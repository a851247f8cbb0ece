using Edgewise.Kernel.Device;
using Edgewise.Kernel.Modes;

namespace Edgewise.Kernel.Collection;

/// <summary>Makes records of what stands in areas.</summary>
internal static class RecordReader
{
    /// <summary>Of a trace of all events: what the modes want of it is made here.</summary>
    public static KernelRecord OfTrace(KernelModes modes, KcovArea area)
    {
        if (modes.IsCompare())
        {
            KcovCompare[] all = area.Compares.ToArray();
            return Start(modes, modes.IsUnique() ? UniqueMaker.UserSpace : UniqueMaker.Nobody, area, all.Length) with
            {
                Compares = modes.IsUnique() ? UniqueRecords.Compares(all) : all,
                ReachedPcs = Sorted(all.Select(compare => compare.Pc)),
            };
        }

        ReadOnlySpan<ulong> pcs = area.Pcs;
        KernelEdge[] edges = modes.HasFlag(KernelModes.UniqueEdge) ? UniqueRecords.Edges(pcs) : [];
        ulong[] unique = UniqueRecords.Pcs(pcs);
        return Start(modes, modes.IsUnique() ? UniqueMaker.UserSpace : UniqueMaker.Nobody, area, pcs.Length) with
        {
            Pcs = modes == KernelModes.TracePc ? pcs.ToArray() : modes.HasFlag(KernelModes.UniquePc) ? unique : [],
            Edges = edges,
            EdgeWords = [.. edges.Select(edge => edge.Word).Distinct()],
            Signal = SyzkallerSignal.Of(pcs),
            ReachedPcs = Sorted(unique),
        };
    }

    /// <summary>Of the areas of a kernel with the unique modes of January 2025.</summary>
    public static KernelRecord OfModes(KernelModes modes, IReadOnlyList<KcovArea> areas)
    {
        KcovArea area = areas[0];
        if (modes.IsCompare())
        {
            KcovCompare[] compares = area.Compares.ToArray();
            return Start(modes, UniqueMaker.KernelModes, area, compares.Length) with { Compares = compares, ReachedPcs = Sorted(compares.Select(compare => compare.Pc)) };
        }

        bool hasEdges = modes.HasFlag(KernelModes.UniqueEdge);
        ulong[] pcs = area.Pcs.ToArray(), edges = hasEdges ? areas[1].Pcs.ToArray() : [];
        return Start(modes, UniqueMaker.KernelModes, area, pcs.Length + edges.Length) with
        {
            Capacity = areas.Count * KcovArea.CapacityOf(area.Words, recordWords: 1),
            IsFull = areas.Any(each => each.IsFull(recordWords: 1)),
            Pcs = pcs,
            EdgeWords = edges,
            // A word of an edge has bits of another PC in it, so it names none.
            ReachedPcs = Sorted(pcs),
        };
    }

    /// <summary>Of an area that begins with a bitmap.</summary>
    public static KernelRecord OfBitmap(KernelModes modes, KcovArea area, int bitmapWords)
    {
        ReadOnlySpan<ulong> trace = area.Content[bitmapWords..];
        int capacity = trace.Length - 1, count = (int)Math.Min(trace[0], (ulong)capacity);
        // A point beyond the bitmap is recorded each time.
        ulong[] pcs = UniqueRecords.Pcs(trace.Slice(1, count));
        return Start(modes, UniqueMaker.KernelBitmap, area, count) with { Capacity = capacity, IsFull = count == capacity, Pcs = pcs, ReachedPcs = Sorted(pcs) };
    }

    private static KernelRecord Start(KernelModes modes, UniqueMaker maker, KcovArea area, int events) => new()
    {
        Modes = modes,
        UniqueMaker = maker,
        Words = area.Words,
        Runs = 1,
        Events = events,
        Capacity = KcovArea.CapacityOf(area.Words, modes.RecordWords()),
        IsFull = area.IsFull(modes.RecordWords()),
    };

    private static ulong[] Sorted(IEnumerable<ulong> pcs) => [.. pcs.Distinct().Order()];
}
