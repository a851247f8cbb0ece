namespace Edgewise.Runtime.Formats;

/// <summary>Where each site of a module keeps the values that it last saw, within the module's table of recent compares.</summary>
/// <remarks>
/// A comparison with a constant, a switch, a divisor or an index is one value: 4 bytes, or 8 where the site is 8 wide. Two values stand one behind
/// the other, the left first. An indirect call has a word that tells which receivers it knows, and is no value. A slot is aligned to its size, and written by one store, so that both values are of one comparison. Other sites have none.
/// A slot that was never written holds <see cref="Empty"/> in each of its words; a comparison of just that value is lost.
/// </remarks>
public static class CompareSlots
{
    /// <summary>What every 32-bit word of a slot holds until it is written.</summary>
    public const uint Empty = 0x9E3779B9;

    /// <summary>Bytes of a site's slot, 0 where it has none.</summary>
    public static int Size(SiteKind kind, int width) => kind switch
    {
        SiteKind.Compare => width == sizeof(ulong) ? 16 : 8,
        SiteKind.IndirectCall => 8,
        SiteKind.ConstantCompare or SiteKind.Switch or SiteKind.Division or SiteKind.Index => width == sizeof(ulong) ? 8 : 4,
        _ => 0,
    };

    /// <summary>Offset of the next slot, behind slots that end at <paramref name="end"/>.</summary>
    public static int Place(int end, int size) => (end + size - 1) & -size;

    /// <summary>Offsets of the slots of a module's sites, -1 where a site has none.</summary>
    /// <param name="sites">All sites, by number.</param>
    /// <param name="length">Bytes of the table.</param>
    public static int[] Arrange(ReadOnlySpan<PointSite> sites, out int length)
    {
        int[] offsets = new int[sites.Length];
        length = 0;
        for (int i = 0; i < sites.Length; i++)
        {
            int size = Size(sites[i].Kind, sites[i].Width);
            offsets[i] = size == 0 ? -1 : Place(length, size);
            length = size == 0 ? length : offsets[i] + size;
        }

        return offsets;
    }
}
