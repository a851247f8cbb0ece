using System.Globalization;
using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Modes;

namespace Edgewise.Tests.Kernel.Conformance;

/// <content>The library over the device, in every mode.</content>
public static partial class ConformanceChecks
{
    /// <summary>Name of the check that records some work in a mode.</summary>
    public static string LibraryCheck(KernelModes modes) => string.Create(CultureInfo.InvariantCulture, $"the library records some work in mode {(int)modes}");

    /// <summary>Options of that check.</summary>
    public static CollectionOptions LibraryOptions(KernelLab lab, KernelModes modes) => new() { Modes = modes, Calls = lab.Calls, Words = 8 * CollectionOptions.PageWords };

    private static ConformanceCheck[] Library =>
    [
        .. ((KernelModes[])[KernelModes.TracePc, KernelModes.TraceCompare, KernelModes.UniquePc, KernelModes.UniqueEdge, KernelModes.UniquePc | KernelModes.UniqueEdge, KernelModes.UniqueCompare])
            .Select(modes => new ConformanceCheck(LibraryCheck(modes), "what the mode wants", lab => Recorded(lab, modes))),
        new("the library's area grows until some work fits", "grown, not full", lab =>
        {
            KernelRecord record = KernelCollector.Collect(new ThreadWork(() => lab.Perform(KernelWork.Some)), LibraryOptions(lab, KernelModes.TracePc) with { Words = CollectionOptions.PageWords, Grows = true });
            return record is { IsFull: false, Runs: 2, Words: 2 * CollectionOptions.PageWords } ? "grown, not full" : Text($"{record.Runs} runs, {record.Words} words, {(record.IsFull ? "full" : "not full")}");
        }),
    ];

    private static string Recorded(KernelLab lab, KernelModes modes)
    {
        KernelRecord record = KernelCollector.Collect(new ThreadWork(() => lab.Perform(KernelWork.Some)), LibraryOptions(lab, modes));
        bool hasPcs = !modes.IsCompare() && modes != KernelModes.UniqueEdge, hasEdges = modes.HasFlag(KernelModes.UniqueEdge);
        bool fits = record.UniqueMaker == (modes.IsUnique() ? UniqueMaker.UserSpace : UniqueMaker.Nobody)
            && !record.IsFull
            && record.Events > 300
            && record.Pcs.Length == (!hasPcs ? 0 : modes == KernelModes.TracePc ? record.Events : record.ReachedPcs.Length)
            && record.Edges.Length > 0 == hasEdges
            && (!hasEdges || record.Edges.Select(edge => edge.To).Distinct().Order().SequenceEqual(record.ReachedPcs))
            && record.Compares.Length == (!modes.IsCompare() ? 0 : modes == KernelModes.TraceCompare ? record.Events : record.Compares.Distinct().Count())
            && record.Signal.Length > 0 == !modes.IsCompare();
        return fits ? "what the mode wants" : Text($"{record.Events} events, {record.Pcs.Length} PCs, {record.Edges.Length} edges, {record.Compares.Length} compares, {record.ReachedPcs.Length} reached");
    }
}
