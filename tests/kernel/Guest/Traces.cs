using System.Globalization;
using Edgewise.Kernel.Device;
using Edgewise.Kernel.Traces;
using Edgewise.Tests.Kernel.Conformance;

namespace Edgewise.Tests.Kernel.Guest;

/// <summary>Traces all work in both modes of the kernel.</summary>
/// <param name="areaWords">Words of the area.</param>
/// <param name="mostPcs">Events of a trace of PCs to keep.</param>
/// <param name="mostCompares">Events of a trace of compares to keep.</param>
internal sealed unsafe class Traces(int areaWords, int mostPcs, int mostCompares)
{
    private const int Attempts = 9;
    private const ulong Short = 100_000;

    /// <summary>Records all work.</summary>
    /// <param name="isCompares">True for compares, false for PCs.</param>
    /// <param name="output">Receives the file.</param>
    /// <param name="tell">Receives a line a piece of work.</param>
    public void Record(bool isCompares, Stream output, Action<string> tell)
    {
        using KernelTraceWriter writer = new(output);
        using KcovDevice device = KcovDevice.Open();
        device.Initialize(areaWords);
        using KcovArea area = device.Map();
        // A child without the area: otherwise most of a trace of fork would be of copying it.
        fixed (ulong* start = area.Content)
        {
            _ = Libc.madvise((byte*)start, (nint)area.Words * sizeof(ulong), Libc.NotForChildren);
        }

        int recordWords = isCompares ? KcovCompare.Words : 1;
        foreach ((string name, Action work) in Work.All)
        {
            work();
            ulong count = Trace(device, area, isCompares, work);
            bool isFull = count >= (ulong)KcovArea.CapacityOf(area.Words, recordWords);
            int stored = (int)Math.Min(count, (ulong)(isCompares ? mostCompares : mostPcs));
            if (isCompares)
            {
                writer.Add(name, count, isFull, area.Compares[..stored]);
            }
            else
            {
                writer.Add(name, count, isFull, area.Pcs[..stored]);
            }

            tell(string.Create(CultureInfo.InvariantCulture, $"trace {(isCompares ? "compares" : "PCs")} of {name}: {count}{(isFull ? " or more" : "")} events"));
        }
    }

    // An interrupt among the work adds events that are not its own: short pieces of work are traced until one is as short as the shortest before, which has none.
    // The count is read before DISABLE, which is traced to its middle.
    private static ulong Trace(KcovDevice device, KcovArea area, bool isCompares, Action work)
    {
        ulong shortest = ulong.MaxValue, count = 0;
        for (int i = 0; i < Attempts; i++)
        {
            device.Enable(isCompares ? 1u : 0u);
            area.Reset();
            work();
            count = area.Count;
            device.Disable();
            if (count >= Short || (count <= shortest && i > 1))
            {
                break;
            }

            shortest = Math.Min(shortest, count);
        }

        return count;
    }
}
