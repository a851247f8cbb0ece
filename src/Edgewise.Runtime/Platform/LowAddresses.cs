namespace Edgewise.Runtime.Platform;

/// <summary>Anonymous mappings between 16 MB and 2 GiB on Linux. <c>MAP_32BIT</c> would search the upper half of that range only.</summary>
internal static class LowAddresses
{
    private const long Lowest = 16L << 20;
    private const long End = 2048L << 20;
    private const long LargeStep = 16L << 20;
    private const long SmallStep = 64L << 10;

    private const long LowestSmall = 1536L << 20;

    // Large mappings are stacked from below, small ones from here: neither searches through the other, nor leaves it holes that are too small.
    private static long _behindLast = LowestSmall;

    /// <summary>Maps fresh zero pages at a low address that is free; zero where none is.</summary>
    public static nint Map(long size, int protection)
    {
        if (size > LargeStep)
        {
            return Map(size, protection, Lowest, LargeStep);
        }

        long from = Volatile.Read(ref _behindLast);
        nint address = Map(size, protection, from, SmallStep);
        if (address == 0)
        {
            address = Map(size, protection, Lowest, SmallStep);
        }

        if (address != 0)
        {
            Volatile.Write(ref _behindLast, (address + size + SmallStep - 1) & -SmallStep);
        }

        return address;
    }

    private static nint Map(long size, int protection, long from, long step)
    {
        const int Flags = Libc.MapPrivate | Libc.MapAnonymous | Libc.MapNoReserve | Libc.MapFixedNoReplace;
        for (long hint = from; hint + size <= End; hint += step)
        {
            nint address = Libc.Map((nint)hint, (nuint)size, protection, Flags, -1, 0);
            if (address == hint)
            {
                return address;
            }

            if (address != Libc.MapFailed)
            {
                // A kernel before 4.17 takes the address for a hint; what it chose instead may be low all the same.
                if (address + size <= End)
                {
                    return address;
                }

                _ = Libc.Unmap(address, (nuint)size);
            }
        }

        return 0;
    }
}
