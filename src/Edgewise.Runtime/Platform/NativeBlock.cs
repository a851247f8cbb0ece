using System.Runtime.InteropServices;

namespace Edgewise.Runtime.Platform;

/// <summary>Zeroed memory outside the coverage map, for guards and for flags beside counters; below 2 GiB where the system allows.</summary>
internal sealed unsafe class NativeBlock
{
    private readonly bool _isMapped;

    private NativeBlock(nint address, long size, bool isMapped)
    {
        Address = address;
        Size = size;
        _isMapped = isMapped;
    }

    public nint Address { get; }

    public long Size { get; }

    /// <exception cref="OutOfMemoryException">There is no memory.</exception>
    public static NativeBlock Allocate(long size)
    {
        nint low = OperatingSystem.IsLinux() && Environment.Is64BitProcess ? LowAddresses.Map(size, Libc.ProtReadWrite) : 0;
        return low != 0 ? new NativeBlock(low, size, true) : new NativeBlock((nint)NativeMemory.AllocZeroed((nuint)size), size, false);
    }

    /// <summary>Gives the memory back; only when no code that holds its address is left.</summary>
    public void Free()
    {
        if (_isMapped)
        {
            _ = Libc.Unmap(Address, (nuint)Size);
        }
        else
        {
            NativeMemory.Free((void*)Address);
        }
    }

    public void Clear() => NativeMemory.Clear((void*)Address, (nuint)Size);
}
