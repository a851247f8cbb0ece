using System.Globalization;
using Edgewise.Examples.Kcov;
using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Device;
using Edgewise.Kernel.Modes;
using Edgewise.Runtime.Sessions;

// kcov [MODE [dotnet]]: what the kernel runs for one read of a descriptor that is none, as the sample of the patches for unique modes prints it; with 'dotnet', what a method of this program runs, where it is
// instrumented. MODE: 0 PCs, 1 compares, 2 unique PCs, 4 unique edges, 6 both, 8 unique compares.
if (!int.TryParse(args.FirstOrDefault("0"), NumberStyles.None, CultureInfo.InvariantCulture, out int mode) || (args.Length > 1 && args[1] != "dotnet"))
{
    Console.Error.WriteLine("kcov [MODE [dotnet]]: a number expected, then nothing or 'dotnet'");
    return 1;
}

Console.WriteLine($"The mode is: {mode}");
if (!KernelModesText.IsValid((KernelModes)mode))
{
    Console.WriteLine("Unsupported mode!");
    return 1;
}

try
{
    Printing.Print(args.Length > 1 ? OfManagedCode() : OfKernel());
    return 0;
}
catch (KcovException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

Found OfKernel()
{
    // Once before, so that nothing is compiled or bound within the trace.
    Call.ReadNothing();
    KernelRecord record = KernelCollector.Collect(new ThreadWork(Call.ReadNothing), new CollectionOptions { Modes = (KernelModes)mode });
    return new Found(record.Pcs, [.. record.Compares.Select(compare => (compare.Pc, compare.Type, compare.First, compare.Second))], record.Modes.HasFlag(KernelModes.UniqueEdge) ? record.EdgeWords : null);
}

Found OfManagedCode()
{
    using TraceSession session = TraceSession.Create(CollectionOptions.DefaultWords);
    session.Enable((TraceModes)mode);
    session.Reset();
    _ = ManagedCall.Read(-1, 0);
    TraceSnapshot found = session.Collect();
    session.Disable();
    if (found.PcAccount.Events + found.EdgeAccount.Events + found.CompareAccount.Events == 0)
    {
        Console.Error.WriteLine("nothing was recorded: this program is not instrumented with trace-pc and trace-cmp (examples/README.md)");
    }

    return new Found(
        found.Pcs.ToArray(),
        [.. found.Compares.Select(compare => (compare.Pc, compare.Type, compare.Left, compare.Right))],
        found.Modes.HasFlag(TraceModes.UniqEdge) ? [.. found.Edges.Select(edge => edge.Hashed)] : null);
}
