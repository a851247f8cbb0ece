using Edgewise.Kernel.Device;

namespace Edgewise.Kernel.Modes;

/// <summary>What follows from modes.</summary>
public static class KernelModesExtensions
{
    /// <summary>True if compares are recorded, not PCs.</summary>
    public static bool IsCompare(this KernelModes modes) => (modes & (KernelModes.TraceCompare | KernelModes.UniqueCompare)) != 0;

    /// <summary>True if anything is to be recorded once.</summary>
    public static bool IsUnique(this KernelModes modes) => (modes & (KernelModes.UniquePc | KernelModes.UniqueEdge | KernelModes.UniqueCompare)) != 0;

    /// <summary>The mode of every kcov in which the events come that these modes are made of.</summary>
    public static KernelModes Raw(this KernelModes modes) => modes.IsCompare() ? KernelModes.TraceCompare : KernelModes.TracePc;

    /// <summary>Words of a record.</summary>
    public static int RecordWords(this KernelModes modes) => modes.IsCompare() ? KcovCompare.Words : 1;
}
