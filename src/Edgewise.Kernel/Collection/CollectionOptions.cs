using Edgewise.Kernel.Device;
using Edgewise.Kernel.Device.Platform;
using Edgewise.Kernel.Modes;

namespace Edgewise.Kernel.Collection;

/// <summary>What to record, and how much of it.</summary>
public sealed record CollectionOptions
{
    /// <summary>Words of a page: memory of kcov can only be mapped in whole pages.</summary>
    public const int PageWords = 512;

    /// <summary>Words of the area where nothing else is said: 512 KiB.</summary>
    public const int DefaultWords = 64 << 10;

    /// <summary>What to record.</summary>
    public KernelModes Modes { get; init; }

    /// <summary>Words of the area: a multiple of <see cref="PageWords"/>; see <see cref="WholePages"/>.</summary>
    public int Words { get; init; } = DefaultWords;

    /// <summary>True to do the work again with twice the area until all of it fits.</summary>
    public bool Grows { get; init; }

    /// <summary>Record what the kernel does elsewhere for this handle; null for what the task itself does.</summary>
    public ulong? RemoteHandle { get; init; }

    /// <summary>The device.</summary>
    public string DevicePath { get; init; } = KcovDevice.DefaultPath;

    /// <summary>The kernel; null for that of this machine.</summary>
    public IKernelCalls? Calls { get; init; }

    /// <summary>A number of words rounded up to whole pages.</summary>
    /// <exception cref="ArgumentOutOfRangeException">kcov takes no such number.</exception>
    public static int WholePages(long words)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(words, KcovDevice.LeastWords);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(words, KcovDevice.MostWords);
        // The largest number of words is no whole number of pages.
        return (int)Math.Min((words + PageWords - 1) / PageWords * PageWords, MostWholeWords);
    }

    /// <summary>The largest number of words that is mapped in whole pages.</summary>
    public const int MostWholeWords = KcovDevice.MostWords / PageWords * PageWords;
}
