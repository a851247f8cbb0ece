using System.Runtime.CompilerServices;
using Edgewise.Runtime;

namespace SelfObserver;

/// <summary>What a program does with its own coverage; one way a run.</summary>
internal static class Ways
{
    private static bool s_dumped;

    /// <summary>Dumps between two parts of its code and then ends in a way that no code sees.</summary>
    public static void Dump()
    {
        Code.Early(1);
        Console.WriteLine(CoverageInterface.Dump());
        Code.Late(3);
        Environment.FailFast("on purpose");
    }

    /// <summary>Dumps in a finaliser, and ends in a way that no code sees.</summary>
    public static void DumpInFinalizer()
    {
        Code.Early(1);
        Abandon();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Console.WriteLine(s_dumped);
        Environment.FailFast("on purpose");
    }

    /// <summary>Dumps from several threads while the process ends, in a handler that was there before the Runtime's and one that came after.</summary>
    public static void DumpAtExit()
    {
        Code.Early(1);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Code.Late(2);
            bool[] written = new bool[8];
            Thread[] threads = [.. Enumerable.Range(0, written.Length).Select(i => new Thread(() => written[i] = CoverageInterface.Dump()))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Console.WriteLine(written.Count(done => done));
        };
    }

    /// <summary>Dies of an exception, with something to do before.</summary>
    public static void Die()
    {
        CoverageInterface.SetDeathCallback(() => Console.WriteLine("replaced"));
        CoverageInterface.SetDeathCallback(() =>
        {
            Console.WriteLine($"dying, {Directory.GetFiles(Environment.GetEnvironmentVariable("COVERAGE")!, "*.sancov").Length} files");
            throw new InvalidOperationException("in the callback");
        });
        new Thread(() => throw new FormatException("on purpose")).Start();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Lets its coverage folder vanish, and ends.</summary>
    public static void Vanish()
    {
        Code.Early(1);
        Directory.Delete(Environment.GetEnvironmentVariable("COVERAGE")!, recursive: true);
        Code.Late(2);
    }

    /// <summary>Prints what is new, point by point.</summary>
    public static void Pcs()
    {
        ulong[] buffer = new ulong[64];
        Code.Early(1);
        CoverageInterface.SetPcBuffer(buffer);
        int before = CoverageInterface.PcBufferPosition;
        Code.Late(2);
        int after = CoverageInterface.PcBufferPosition;
        Code.Late(9);
        int again = CoverageInterface.PcBufferPosition;
        for (int i = before; i < after; i++)
        {
            Console.WriteLine(CoverageInterface.SymbolizePc(buffer[i], "%f %L"));
        }

        Console.WriteLine(again - after);
        Console.WriteLine(CoverageInterface.TryGetModuleAndOffset(buffer[before], out string module, out uint offset) && offset == (uint)buffer[before] ? module : "");
    }

    /// <summary>Clears counters in the manner of a fuzzer, and ends.</summary>
    public static void Clear()
    {
        byte[] bits = new byte[CoverageInterface.CounterCount];
        Code.Early(1);
        int first = CoverageInterface.UpdateCounterBitsetAndClearCounters(bits), covered = CoverageInterface.TotalUniqueCoverage;
        Code.Late(1);
        int second = CoverageInterface.UpdateCounterBitsetAndClearCounters(bits);
        Code.Late(1);
        CoverageInterface.UpdateCounterBitsetAndClearCounters([]);
        Console.WriteLine($"{first > 0} {second > 0} {CoverageInterface.TotalUniqueCoverage > covered} {CoverageInterface.TotalUniqueCallerCalleePairs}");
    }

    /// <summary>Goes through its code, on a second thread meanwhile, and through its code again.</summary>
    public static void Threads()
    {
        Code.Early(1);
        var thread = new Thread(() => Code.Late(2));
        thread.Start();
        thread.Join();
        Code.Early(-1);
    }

    /// <summary>Traces points on two threads and a call, as instrumented code would, and ends.</summary>
    public static void Trace()
    {
        Record();
        Console.WriteLine(CoverageInterface.TotalUniqueCallerCalleePairs);
    }

    /// <summary>The same, and ends in a way that no code sees.</summary>
    public static void TraceAndFail()
    {
        Record();
        Environment.FailFast("on purpose");
    }

    /// <summary>Calls everything where nothing may be instrumented.</summary>
    public static void Nothing()
    {
        CoverageInterface.Reset();
        CoverageInterface.SetPcBuffer(new ulong[4]);
        Console.WriteLine(string.Join(
            ' ',
            CoverageInterface.Dump(),
            CoverageInterface.CounterCount,
            CoverageInterface.TotalUniqueCoverage,
            CoverageInterface.TotalUniqueCallerCalleePairs,
            CoverageInterface.UpdateCounterBitsetAndClearCounters([]),
            CoverageInterface.PcBufferPosition,
            CoverageInterface.PcOfPoint(0),
            CoverageInterface.SymbolizePc(0x100002050, "%p")));
    }

    private static void Record()
    {
        int first = Coverage.Modules[0].FirstPoint;
        SanitizerCoverage.TraceBasicBlock(first);
        SanitizerCoverage.TraceBasicBlock(first + 2);
        var thread = new Thread(() => SanitizerCoverage.TraceBasicBlock(first + 1));
        thread.Start();
        thread.Join();
        SanitizerCoverage.TraceBasicBlock(first);

        // What the callback of an indirect call does; it is not for programs to call.
        Type pairs = typeof(CoverageInterface).Assembly.GetType("Edgewise.Runtime.Trace.CallPairs")!;
        object shared = pairs.GetProperty("Shared")!.GetValue(null)!;
        object callee = pairs.GetMethod("CalleeOfPoint")!.Invoke(null, [first])!;
        pairs.GetMethod("Add")!.Invoke(shared, [first + 1, callee]);
        pairs.GetMethod("Add")!.Invoke(shared, [first + 1, 1L]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon() => _ = new Dumping();

    private sealed class Dumping
    {
        ~Dumping() => s_dumped = CoverageInterface.Dump();
    }
}
