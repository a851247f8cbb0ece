using System.Globalization;
using Edgewise.Runtime;

namespace GuardCallbacks;

/// <summary>The worked example of clang's documentation, "Tracing PCs with guards": prints each module's guards, and each guard that is passed.</summary>
public static unsafe class GuardPrinter
{
    private static uint _count;

    /// <summary>Called once for each instrumented module, before any of its code runs: numbers its guards from 1.</summary>
    /// <param name="start">The module's first guard.</param>
    /// <param name="stop">Behind its last guard.</param>
    public static void TracePcGuardInit(uint* start, uint* stop)
    {
        if (start == stop || *start != 0)
        {
            return; // Numbered before.
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"INIT: 0x{(nint)start:x} 0x{(nint)stop:x}"));
        for (uint* guard = start; guard < stop; guard++)
        {
            *guard = ++_count;
        }
    }

    /// <summary>Called at each point. A guard of zero is disabled; set <c>*guard = 0</c> here to see each edge once.</summary>
    /// <param name="guard">The point's guard.</param>
    /// <param name="point">Process-wide number of the point, for C's return address.</param>
    public static void TracePcGuard(uint* guard, int point)
    {
        if (*guard == 0)
        {
            return;
        }

        string place = CoverageInterface.SymbolizePc(CoverageInterface.PcOfPoint(point), "%p %F %L");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"guard: 0x{(nint)guard:x} {*guard:x} PC {place}"));
    }
}
