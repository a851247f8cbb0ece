using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Points;

/// <summary>The coverage points of a native binary.</summary>
public sealed class BinaryPoints
{
    private readonly ulong[] _pcs;

    private BinaryPoints(ElfFile file, PointSource source, ulong[] pcs)
    {
        File = file;
        Source = source;
        if (!IsSorted(pcs))
        {
            Array.Sort(pcs);
        }

        _pcs = Distinct(pcs);
    }

    /// <summary>The binary.</summary>
    public ElfFile File { get; }

    /// <summary>What told the points.</summary>
    public PointSource Source { get; }

    /// <summary>PCs of the points, ascending: for calls what a runtime records, for a table the addresses in it.</summary>
    public ReadOnlySpan<ulong> Pcs => _pcs;

    /// <summary>The addresses in the table of <c>pc-table</c>, in its order, which is that of counters; empty without a table.</summary>
    /// <exception cref="SymbolsException">The table is damaged.</exception>
    public IReadOnlyList<ulong> ReadTable() => [.. PcTable.Read(File, new ObjectLayout(File))];

    /// <summary>Finds the points of a binary; there may be none.</summary>
    /// <exception cref="SymbolsException">The binary is damaged.</exception>
    public static BinaryPoints Find(ElfFile file)
    {
        ObjectLayout layout = new(file);
        BinaryPoints points = file.Kind == ElfKind.Relocatable ? new BinaryPoints(file, PointSource.Calls, [.. ObjectCalls.Pcs(file, layout)]) : Linked(file);
        if (points._pcs.Length > 0)
        {
            return points;
        }

        points = new BinaryPoints(file, PointSource.PcTable, [.. PcTable.Read(file, layout)]);
        return points._pcs.Length > 0 ? points : new BinaryPoints(file, PointSource.None, []);
    }

    /// <summary>Number of the point with a PC, or a negative number where there is none.</summary>
    public int PointOf(ulong pc)
    {
        int low = 0, high = _pcs.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_pcs[middle] == pc)
            {
                return middle;
            }

            (low, high) = _pcs[middle] < pc ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private static BinaryPoints Linked(ElfFile file)
    {
        CallbackTargets callbacks = new(file);
        bool hasGuards = file.SectionNamed(SancovSections.Guards) is not null;
        if (!callbacks.Any && !hasGuards)
        {
            return new BinaryPoints(file, PointSource.None, []);
        }

        return callbacks.Any
            ? new BinaryPoints(file, PointSource.Calls, PcsOf(CodeSweep.CallsOf(file, callbacks)))
            : new BinaryPoints(file, PointSource.GuardCalls, PcsOf(OfGuards(CodeSweep.Calls(file))));
    }

    // Without names: the callback is what most calls that come behind the load of a guard go to.
    private static List<CallSite> OfGuards(List<CallSite> calls)
    {
        IGrouping<ulong, CallSite>? callback = calls.Where(static call => call.LoadsGuard && !call.IsThroughSlot)
            .GroupBy(static call => call.Target)
            .MaxBy(static group => group.Count());
        return callback is null ? [] : calls.FindAll(call => !call.IsThroughSlot && call.Target == callback.Key);
    }

    private static ulong[] PcsOf(List<CallSite> calls)
    {
        ulong[] pcs = new ulong[calls.Count];
        for (int i = 0; i < pcs.Length; i++)
        {
            pcs[i] = calls[i].Pc;
        }

        return pcs;
    }

    private static bool IsSorted(ulong[] pcs)
    {
        for (int i = 1; i < pcs.Length; i++)
        {
            if (pcs[i] < pcs[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static ulong[] Distinct(ulong[] sorted)
    {
        int count = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (count == 0 || sorted[i] != sorted[count - 1])
            {
                sorted[count++] = sorted[i];
            }
        }

        return sorted[..count];
    }
}
