using Edgewise.Kernel.Device;

namespace Edgewise.Kernel.Collection;

/// <summary>A piece of this program, done on this thread. What the runtime of .NET asks of the kernel meanwhile on this thread is recorded, too.</summary>
/// <param name="action">The work; no <c>await</c> in it.</param>
public sealed class ThreadWork(Action action) : IKernelWork
{
    /// <inheritdoc/>
    public void Do(KcovDevice device, KcovActivation activation, IReadOnlyList<KcovArea> areas)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(activation);
        ArgumentNullException.ThrowIfNull(areas);
        ulong[] counts = new ulong[activation.IsEmptied ? areas.Count : 0];
        // Once before, so that no code of this is compiled or read in from disk within the trace.
        for (int i = 0; i < counts.Length; i++)
        {
            areas[i].Reset();
            counts[i] = areas[i].Count;
        }

        activation.Enable(device);
        try
        {
            for (int i = 0; i < counts.Length; i++)
            {
                areas[i].Reset();
            }

            action();
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] = areas[i].Count;
            }
        }
        finally
        {
            device.Disable();
        }

        // The way into DISABLE was recorded, too; it is none of the work's.
        for (int i = 0; i < counts.Length; i++)
        {
            areas[i].Truncate(counts[i]);
        }
    }
}
