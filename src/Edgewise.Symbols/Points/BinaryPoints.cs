using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Points;

/// <summary>The coverage points of a native binary.</summary>
public sealed class BinaryPoints
{
    private readonly ulong[] _pcs;

    private BinaryPoints(ElfFile file, PointSource source, IEnumerable<ulong> pcs)
    {
        File = file;
        Source = source;
        _pcs = [.. pcs];
        Array.Sort(_pcs);
        _pcs = Distinct(_pcs);
    }

    /// <summary>The binary.</summary>
    public ElfFile File { get; }

    /// <summary>What told the points.</summary>
    public PointSource Source { get; }

    /// <summary>PCs of the points, ascending: for calls what a runtime records, for a table the addresses in it.</summary>
    public ReadOnlySpan<ulong> Pcs => _pcs;

    /// <summary>Finds the points of a binary; there may be none.</summary>
    /// <exception cref="SymbolsException">The binary is damaged.</exception>
    public static BinaryPoints Find(ElfFile file)
    {
        ObjectLayout layout = new(file);
        (PointSource source, IEnumerable<ulong> calls) = file.Kind == ElfKind.Relocatable
            ? (PointSource.Calls, ObjectCalls.Pcs(file, layout))
            : Linked(file);
        BinaryPoints points = new(file, source, calls);
        if (points._pcs.Length > 0)
        {
            return points;
        }

        points = new BinaryPoints(file, PointSource.PcTable, PcTable.Read(file, layout));
        return points._pcs.Length > 0 ? points : new BinaryPoints(file, PointSource.None, []);
    }

    /// <summary>Number of the point with a PC, or a negative number where there is none.</summary>
    public int PointOf(ulong pc) => Array.BinarySearch(_pcs, pc);

    private static (PointSource Source, IEnumerable<ulong> Pcs) Linked(ElfFile file)
    {
        CallbackTargets callbacks = new(file);
        bool hasGuards = file.SectionNamed(SancovSections.Guards) is not null;
        if (!callbacks.Any && !hasGuards)
        {
            return (PointSource.None, []);
        }

        List<CallSite> calls = CodeSweep.Calls(file);
        return callbacks.Any
            ? (PointSource.Calls, calls.Where(callbacks.Contains).Select(static call => call.Pc))
            : (PointSource.GuardCalls, OfGuards(calls));
    }

    // Without names: the callback is what most calls that come behind the load of a guard go to.
    private static IEnumerable<ulong> OfGuards(List<CallSite> calls)
    {
        IGrouping<ulong, CallSite>? callback = calls.Where(static call => call.LoadsGuard && !call.IsThroughSlot)
            .GroupBy(static call => call.Target)
            .MaxBy(static group => group.Count());
        return callback is null ? [] : calls.Where(call => !call.IsThroughSlot && call.Target == callback.Key).Select(static call => call.Pc);
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
