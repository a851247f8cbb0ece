using Edgewise.Kernel.Device;
using Edgewise.Kernel.Device.Platform;

namespace Edgewise.Kernel.Modes;

/// <summary>Finds out which unique modes a kernel has, by trying: their numbers are used for other things in other patches.</summary>
public static class UniqueProbe
{
    /// <summary>Words of an area to try with: one page.</summary>
    private const int Words = 512;

    private const int BitmapWords = 8;

    /// <summary>Who can make records of some modes unique here.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="path">The device.</param>
    /// <param name="calls">The kernel; null for that of this machine.</param>
    /// <exception cref="KcovException">The device cannot be opened or initialised, or this thread is traced.</exception>
    public static UniqueMaker Find(KernelModes modes, string path, IKernelCalls? calls)
    {
        if (!modes.IsUnique())
        {
            return UniqueMaker.Nobody;
        }

        return HasModes(modes, path, calls) ? UniqueMaker.KernelModes
            : modes == KernelModes.UniquePc && HasBitmap(path, calls) ? UniqueMaker.KernelBitmap
            : UniqueMaker.UserSpace;
    }

    // The series of January 2025 is the only one with a second area behind the first, which every mode of it has.
    private static bool HasModes(KernelModes modes, string path, IKernelCalls? calls)
    {
        using KcovDevice device = KcovDevice.Open(path, calls);
        device.Initialize(Words);
        if (!Succeeds(() => device.Map(number: 1).Dispose()))
        {
            return false;
        }

        return Enables(device, () => device.Enable((ulong)modes));
    }

    private static bool HasBitmap(string path, IKernelCalls? calls)
    {
        using KcovDevice device = KcovDevice.Open(path, calls);
        device.Initialize(Words);
        return Enables(device, () => device.EnableUnique(BitmapWords));
    }

    private static bool Enables(KcovDevice device, Action enable)
    {
        if (!Succeeds(enable))
        {
            return false;
        }

        device.Disable();
        return true;
    }

    private static bool Succeeds(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (KcovException e) when (e.Failure is KcovFailure.MappingRefused or KcovFailure.ModeUnknown or KcovFailure.ModeNotBuilt or KcovFailure.UnknownRequest)
        {
            return false;
        }
    }
}
