using Edgewise.Kernel.Device;

namespace Edgewise.Kernel.Modes;

/// <summary>Makes what a trace has unique, in the order of first sight. Sets begin empty with each call.</summary>
public static class UniqueRecords
{
    /// <summary>Each PC once.</summary>
    public static ulong[] Pcs(ReadOnlySpan<ulong> trace) => First(trace);

    /// <summary>Each edge once, exactly.</summary>
    public static KernelEdge[] Edges(ReadOnlySpan<ulong> trace)
    {
        KernelEdge[] edges = new KernelEdge[trace.Length];
        ulong before = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            edges[i] = new KernelEdge(before, trace[i]);
            before = trace[i];
        }

        return First<KernelEdge>(edges);
    }

    /// <summary>Each compare once, by all of its words.</summary>
    public static KcovCompare[] Compares(ReadOnlySpan<KcovCompare> trace) => First(trace);

    private static T[] First<T>(ReadOnlySpan<T> trace) where T : notnull
    {
        HashSet<T> seen = [];
        List<T> first = [];
        foreach (T item in trace)
        {
            if (seen.Add(item))
            {
                first.Add(item);
            }
        }

        return [.. first];
    }
}
