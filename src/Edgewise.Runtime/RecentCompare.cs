using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Map;

namespace Edgewise.Runtime;

/// <summary>The operands that a site saw last.</summary>
/// <param name="Site">Number of the site within its module.</param>
/// <param name="Pc">RVA of the instruction in the original image.</param>
/// <param name="Kind">What was compared: two values, a value with a constant, with the cases of a switch; a divisor or an index.</param>
/// <param name="Width">Bytes of each value.</param>
/// <param name="Left">The left value, zero-extended; the only one of a switch, a divisor or an index.</param>
/// <param name="Right">The right value or the constant, zero-extended; 0 for a switch, a divisor or an index.</param>
public readonly record struct RecentCompare(int Site, int Pc, SiteKind Kind, int Width, ulong Left, ulong Right)
{
    /// <summary>Empties the tables of all modules, those of <see cref="RecentSequenceCompare"/> too.</summary>
    public static void Reset() => Host.Ask(MapRequest.ResetCompares);

    internal static IReadOnlyList<RecentCompare> Read(PointSite[] sites, ReadOnlySpan<byte> slots)
    {
        int[] offsets = CompareSlots.Arrange(sites, out int length);
        var found = new List<RecentCompare>();
        for (int site = 0; site < sites.Length && length <= slots.Length; site++)
        {
            if (offsets[site] < 0 || sites[site].Kind == SiteKind.IndirectCall)
            {
                continue;
            }

            PointSite at = sites[site];
            int size = CompareSlots.Size(at.Kind, at.Width);
            if (TryRead(slots.Slice(offsets[site], size), at.Kind, out ulong left, out ulong right))
            {
                right = at.Kind == SiteKind.ConstantCompare ? at.Constants[0] : right;
                found.Add(new RecentCompare(site, at.Pc, at.Kind, at.Width, Narrow(left, at.Width), Narrow(right, at.Width)));
            }
        }

        return found;
    }

    private static ulong Narrow(ulong value, int width) => width >= sizeof(ulong) ? value : value & ((1UL << (width * 8)) - 1);

    // One load a slot, since code may be writing it.
    private static unsafe bool TryRead(ReadOnlySpan<byte> slot, SiteKind kind, out ulong left, out ulong right)
    {
        const ulong Empty = ((ulong)CompareSlots.Empty << 32) | CompareSlots.Empty;
        right = 0;
        if (slot.Length == sizeof(uint))
        {
            left = BinaryPrimitives.ReadUInt32LittleEndian(slot);
            return left != CompareSlots.Empty;
        }

        if (slot.Length == sizeof(ulong))
        {
            ulong value = BinaryPrimitives.ReadUInt64LittleEndian(slot);
            bool isPair = kind == SiteKind.Compare;
            left = isPair ? (uint)value : value;
            right = isPair ? value >> 32 : 0;
            return value != Empty;
        }

        fixed (byte* start = slot)
        {
            Vector128<ulong> pair = Vector128.LoadAligned((ulong*)start);
            left = pair.GetElement(0);
            right = pair.GetElement(1);
            return left != Empty || right != Empty;
        }
    }
}
