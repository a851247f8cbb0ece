using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Platform;

/// <summary>
/// A contiguous range of addresses for the coverage map. Once in use it stays for the life of the process: code that was compiled against it
/// may run at any time. Ranges that were not committed must not be touched.
/// </summary>
internal abstract unsafe class AddressSpace(nint start, long size)
{
    /// <summary>Room for 256 load contexts.</summary>
    public const long LargestSize = 1024L << 20;

    public byte* Start { get; } = (byte*)start;

    public long Size { get; } = size;

    /// <summary>Makes a range readable and writable; false where the system has no memory for it.</summary>
    public abstract bool Commit(long offset, long length);

    /// <summary>Puts counters of a file in place of a range, so that stores go to the file; false where the system cannot.</summary>
    public abstract bool Place(MapFile file, long offset, long fileOffset, long length);

    /// <summary>Gives the addresses back; only while no code holds one of them.</summary>
    public abstract void Release();

    /// <summary>Reserves a range, below 2 GiB where the system allows, so that machine code can hold its addresses in 32 bits.</summary>
    /// <param name="size">Bytes to reserve on Linux; less where there is no room for so many.</param>
    /// <returns>Null where no range is to be had.</returns>
    public static AddressSpace? Reserve(long size = LargestSize)
    {
        AddressSpace? low = OperatingSystem.IsLinux() && Environment.Is64BitProcess ? LinuxAddressSpace.TryReserve(size) : null;
        return low ?? PortableAddressSpace.TryAllocate();
    }
}
