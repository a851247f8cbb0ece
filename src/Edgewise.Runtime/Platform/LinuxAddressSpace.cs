using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Platform;

/// <summary>Reserves addresses without memory behind them, then gives memory to ranges or maps a file over them.</summary>
internal sealed unsafe class LinuxAddressSpace : AddressSpace
{
    private const long SmallestSize = 64L << 20;

    private LinuxAddressSpace(nint start, long size) : base(start, size) { }

    public static LinuxAddressSpace? TryReserve(long largest)
    {
        for (long size = largest; size >= Math.Min(largest, SmallestSize); size /= 2)
        {
            nint start = LowAddresses.Map(size, Libc.ProtNone);
            if (start != 0)
            {
                return new LinuxAddressSpace(start, size);
            }
        }

        nint anywhere = Libc.Map(
            0, (nuint)largest, Libc.ProtNone, Libc.MapPrivate | Libc.MapAnonymous | Libc.MapNoReserve, -1, 0);
        return anywhere == Libc.MapFailed ? null : new LinuxAddressSpace(anywhere, largest);
    }

    public override bool Commit(long offset, long length) =>
        Libc.Protect((nint)Start + (nint)offset, (nuint)length, Libc.ProtReadWrite) == 0;

    public override bool Place(MapFile file, long offset, long fileOffset, long length)
    {
        nint address = (nint)Start + (nint)offset;
        int descriptor = (int)file.Handle.DangerousGetHandle();
        return Libc.Map(
            address, (nuint)length, Libc.ProtReadWrite, Libc.MapShared | Libc.MapFixed, descriptor, fileOffset) == address;
    }

    public override void Release() => _ = Libc.Unmap((nint)Start, (nuint)Size);
}
