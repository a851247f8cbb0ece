using System.Globalization;
using Edgewise.Examples.Kcov;
using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Device;
using Edgewise.Kernel.Modes;

// kcov [MODE]: what the kernel runs for one read of a descriptor that is none, as the sample of the patches for unique modes prints it.
// MODE: 0 PCs, 1 compares, 2 unique PCs, 4 unique edges, 6 both, 8 unique compares.
if (!int.TryParse(args.FirstOrDefault("0"), NumberStyles.None, CultureInfo.InvariantCulture, out int mode))
{
    Console.Error.WriteLine("kcov [MODE]: a number expected");
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
    // Once before, so that nothing is compiled or bound within the trace.
    Call.ReadNothing();
    KernelRecord record = KernelCollector.Collect(new ThreadWork(Call.ReadNothing), new CollectionOptions { Modes = (KernelModes)mode });
    foreach (KcovCompare compare in record.Compares)
    {
        Console.WriteLine($"ip: 0x{compare.Pc:x} type: 0x{compare.Type:x}, arg1: 0x{compare.First:x}, arg2: 0x{compare.Second:x}, size: {compare.Size}, {(compare.HasConstant ? "const" : "non-const")}");
    }

    foreach (ulong pc in record.Pcs)
    {
        Console.WriteLine($"0x{pc:x}");
    }

    if (record.Modes.HasFlag(KernelModes.UniqueEdge))
    {
        Console.WriteLine("======edge======");
        foreach (ulong word in record.EdgeWords)
        {
            Console.WriteLine($"0x{word:x}");
        }
    }

    return 0;
}
catch (KcovException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
