using System.Diagnostics;
using System.Globalization;
using Edgewise.Kernel;
using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Device;
using Edgewise.Kernel.Modes;
using Edgewise.Kernel.Running;
using Edgewise.Kernel.Traces;

namespace Edgewise.Tests.Kernel.Guest;

/// <summary>Programs and pieces of this one, recorded in every mode through the library, programs through its launcher.</summary>
internal static class LaunchChecks
{
    private const string Launcher = "/bin/edgewise_kcov_exec", Program = "/bin/nothing";

    private static readonly KernelModes[] Modes =
        [KernelModes.TracePc, KernelModes.TraceCompare, KernelModes.UniquePc, KernelModes.UniqueEdge, KernelModes.UniquePc | KernelModes.UniqueEdge, KernelModes.UniqueCompare];

    /// <summary>Runs them.</summary>
    /// <param name="traces">Receives what was recorded of the program in the two modes of the kernel.</param>
    /// <returns>A line a check, as for the others.</returns>
    public static IEnumerable<string> Run(Stream traces)
    {
        using KernelTraceWriter writer = new(traces);
        foreach (KernelModes modes in Modes)
        {
            KernelRecord record = KernelCollector.Collect(Launch(Program), new CollectionOptions { Modes = modes });
            if (modes == KernelModes.TracePc)
            {
                writer.Add("run nothing", (ulong)record.Events, record.IsFull, record.Pcs);
            }
            else if (modes == KernelModes.TraceCompare)
            {
                writer.Add("run nothing", (ulong)record.Events, record.IsFull, record.Compares);
            }

            yield return Line($"run {Program} in mode {(int)modes}", Fits(record) && !record.IsFull, Text(record));
        }

        KernelRecord grown = KernelCollector.Collect(Launch(Program), new CollectionOptions { Words = CollectionOptions.PageWords, Grows = true });
        yield return Line("an area of 512 words grows until the program's trace fits", !grown.IsFull && grown.Runs > 1 && grown.Words == CollectionOptions.PageWords << (grown.Runs - 1), Text(grown));
        KernelRecord full = KernelCollector.Collect(Launch(Program), new CollectionOptions { Words = CollectionOptions.PageWords });
        yield return Line("an area of 512 words is full", full.IsFull && full.Events == 511, Text(full));
        KernelRecord remote = KernelCollector.Collect(Launch(Program), new CollectionOptions { RemoteHandle = 0x42 });
        yield return Line("a remote trace of a handle that nothing in this kernel uses", remote.Events == 0, Text(remote));

        yield return Refused("a handle that is none", "HandleRefused", Program, new CollectionOptions { RemoteHandle = 1ul << 40 });
        yield return Refused("a file that may not be executed", "EACCES", "/proc/self/maps", new CollectionOptions());
        KernelRecord thread = KernelCollector.Collect(new ThreadWork(() => Work.Perform(Conformance.KernelWork.OneRead)), new CollectionOptions { Modes = KernelModes.UniquePc | KernelModes.UniqueEdge });
        yield return Line("a read of this thread's, PCs and edges", Fits(thread) && thread.Edges.Length >= thread.Pcs.Length, Text(thread));
    }

    private static string Refused(string name, string expected, string program, CollectionOptions options)
    {
        try
        {
            KernelCollector.Collect(Launch(program), options);
            return Line(name, passes: false, "not refused");
        }
        catch (KcovException e)
        {
            return Line(name, e.Failure.ToString() == expected, e.Message);
        }
        catch (KernelException e)
        {
            return Line(name, e.Message.Contains(expected, StringComparison.Ordinal), e.Message);
        }
    }

    private static bool Fits(KernelRecord record) =>
        record.UniqueMaker == (record.Modes.IsUnique() ? UniqueMaker.UserSpace : UniqueMaker.Nobody)
        && record.Events > 0
        && (record.Pcs.Length > 0) == (!record.Modes.IsCompare() && record.Modes != KernelModes.UniqueEdge)
        && (record.Edges.Length > 0) == record.Modes.HasFlag(KernelModes.UniqueEdge)
        && (record.Compares.Length > 0) == record.Modes.IsCompare()
        && record.ReachedPcs.Length > 0;

    private static LaunchedProgram Launch(string program) => new(Launcher, program, [program], (file, arguments, started) =>
    {
        using Process process = Process.Start(new ProcessStartInfo(file, arguments))!;
        started();
        process.WaitForExit();
    });

    private static string Line(string name, bool passes, string seen) => $"{(passes ? "pass" : "FAIL")} {name}: {seen}";

    private static string Text(KernelRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"{record.Events} events of {record.Capacity}, {record.Runs} runs, {record.Pcs.Length} PCs, {record.Edges.Length} edges, {record.Compares.Length} compares, {record.ReachedPcs.Length} PCs reached, unique by {record.UniqueMaker}");
}
