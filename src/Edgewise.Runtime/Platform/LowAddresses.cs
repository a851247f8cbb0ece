namespace Edgewise.Runtime.Platform;

/// <summary>Anonymous mappings between 16 MB and 2 GiB on Linux. <c>MAP_32BIT</c> would search the upper half of that range only.</summary>
internal static class LowAddresses
{
    private const long Lowest = 16L << 20;
    private const long End = 2048L << 20;
    private const long Step = 16L << 20;

    /// <summary>Maps fresh zero pages at the lowest address that is free; zero where none is.</summary>
    public static nint Map(long size, int protection)
    {
        const int Flags = Libc.MapPrivate | Libc.MapAnonymous | Libc.MapNoReserve | Libc.MapFixedNoReplace;
        for (long hint = Lowest; hint + size <= End; hint += Step)
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
