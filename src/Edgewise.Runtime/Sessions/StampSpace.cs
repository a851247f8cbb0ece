using System.Runtime.InteropServices;
using Edgewise.Runtime.Platform;

namespace Edgewise.Runtime.Sessions;

/// <summary>Addresses for the stamps of all points that there may ever be, so that code looks one up without asking how many there are.</summary>
/// <remarks>
/// On Linux 2 GiB of addresses, of which the system gives pages as they are written; what is only read is its one page of zeros. Elsewhere as many bytes as the coverage map may have,
/// and points beyond are not looked up: <see cref="IsWhole"/> is a constant to the JIT.
/// </remarks>
internal static unsafe class StampSpace
{
    /// <summary>Bytes of a space that holds whatever number a point has, <c>Nowhere</c> included.</summary>
    private const long WholeSize = 1L << 31;

    /// <summary>Zeros for all who have no stamps of their own; never written.</summary>
    public static readonly byte* Zeros = Reserve();

    /// <summary>True if every point has a place.</summary>
    public static readonly bool IsWhole = Zeros != null;

    /// <summary>Points that have a place.</summary>
    public static readonly uint Limit = IsWhole ? (uint)WholeSize : PortableAddressSpace.AllocatedSize;

    /// <summary>Zeroed stamps for a thread.</summary>
    /// <exception cref="InsufficientMemoryException">There are no addresses.</exception>
    public static byte* Allocate()
    {
        byte* stamps = IsWhole ? Reserve() : (byte*)NativeMemory.AllocZeroed(PortableAddressSpace.AllocatedSize);
        return stamps != null ? stamps : throw new InsufficientMemoryException("no addresses for the stamps of a thread");
    }

    /// <summary>Gives them back.</summary>
    public static void Free(byte* stamps)
    {
        if (stamps == null)
        {
            return;
        }

        if (IsWhole)
        {
            _ = Libc.Unmap((nint)stamps, (nuint)WholeSize);
        }
        else
        {
            NativeMemory.Free(stamps);
        }
    }

    private static byte* Reserve()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return null;
        }

        nint address = Libc.Map(0, (nuint)WholeSize, Libc.ProtReadWrite, Libc.MapPrivate | Libc.MapAnonymous | Libc.MapNoReserve, -1, 0);
        return address == Libc.MapFailed ? null : (byte*)address;
    }
}
