using Edgewise.Kernel.Device;
using Edgewise.Kernel.Modes;

namespace Edgewise.Kernel.Collection;

/// <summary>Records the system calls of a piece of work through kcov.</summary>
public static class KernelCollector
{
    /// <summary>Words of the bitmap that a kernel with KCOV_UNIQUE_ENABLE gets: one bit for each of 262,144 points, as syzkaller has it.</summary>
    private const int BitmapWords = 4096;

    /// <summary>Does the work and tells what it recorded.</summary>
    /// <exception cref="KcovException">The device cannot be opened, or refuses.</exception>
    /// <exception cref="KernelException">The work cannot be done.</exception>
    public static KernelRecord Collect(IKernelWork work, CollectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(options);
        // Work that is done elsewhere in the kernel is recorded in its plain modes alone.
        UniqueMaker maker = options.RemoteHandle is null ? UniqueProbe.Find(options.Modes, options.DevicePath, options.Calls)
            : options.Modes.IsUnique() ? UniqueMaker.UserSpace : UniqueMaker.Nobody;
        int words = maker == UniqueMaker.KernelBitmap ? Math.Max(options.Words, 2 * BitmapWords) : options.Words;
        for (int runs = 1; ; runs++)
        {
            KernelRecord record = Once(work, options, maker, words) with { Runs = runs };
            if (!record.IsFull || !options.Grows || words > CollectionOptions.MostWholeWords / 2)
            {
                return record;
            }

            words *= 2;
        }
    }

    private static KernelRecord Once(IKernelWork work, CollectionOptions options, UniqueMaker maker, int words)
    {
        using KcovDevice device = KcovDevice.Open(options.DevicePath, options.Calls);
        device.Initialize(words);
        KcovActivation activation = Activation(options, maker, words);
        List<KcovArea> areas = [];
        try
        {
            for (int i = 0; i < activation.Areas; i++)
            {
                areas.Add(device.Map(number: i));
            }

            work.Do(device, activation, areas);
            return maker switch
            {
                UniqueMaker.KernelModes => RecordReader.OfModes(options.Modes, areas),
                UniqueMaker.KernelBitmap => RecordReader.OfBitmap(options.Modes, areas[0], BitmapWords),
                _ => RecordReader.OfTrace(options.Modes, areas[0]),
            };
        }
        finally
        {
            areas.ForEach(area => area.Dispose());
        }
    }

    private static KcovActivation Activation(CollectionOptions options, UniqueMaker maker, int words)
    {
        if (options.RemoteHandle is { } handle)
        {
            return new KcovActivation(KcovRequests.RemoteEnable, 0, RemoteTrace.Of((uint)options.Modes.Raw(), (uint)words, handle), Areas: 1, IsEmptied: true);
        }

        return maker switch
        {
            UniqueMaker.KernelBitmap => new KcovActivation(KcovRequests.UniqueEnable, BitmapWords, null, Areas: 1, IsEmptied: false),
            UniqueMaker.KernelModes => new KcovActivation(KcovRequests.Enable, (ulong)options.Modes, null, options.Modes.HasFlag(KernelModes.UniqueEdge) ? 2 : 1, IsEmptied: false),
            _ => new KcovActivation(KcovRequests.Enable, (ulong)options.Modes.Raw(), null, Areas: 1, IsEmptied: true),
        };
    }
}
