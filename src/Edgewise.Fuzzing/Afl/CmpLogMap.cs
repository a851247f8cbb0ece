using System.Runtime.Versioning;
using Edgewise.Fuzzing.Afl.Platform;

namespace Edgewise.Fuzzing.Afl;

/// <summary>AFL++'s map of compares: for each key a header and up to 32 pairs of operands, or fewer pairs of sequences.</summary>
/// <remarks>
/// Two layouts, told apart by the size of the segment: that of 4.00c to 4.10c, and that of 4.20c and later. The tool clears the headers before each run. Keys
/// are sites: those of one process are numbered densely, so up to 65,536 of them share nothing.
/// </remarks>
internal static unsafe class CmpLogMap
{
    private const int Keys = 1 << 16;
    private const int PairsOfKey = 32;

    // What a counter of the recent layout holds; later compares of one run are left out.
    private const uint MostHits = 63;

    private const int OldPair = 32;
    private const int OldHeader = 8;
    private const int OldText = 31;
    private const int OldTexts = 8;
    private const int RecentPair = 72;
    private const int RecentHeader = 2;
    private const int RecentText = 32;
    private const int RecentTexts = 16;

    private const long OldSize = Keys * (OldHeader + ((long)PairsOfKey * OldPair));
    private const long RecentSize = Keys * (RecentHeader + ((long)PairsOfKey * RecentPair));

    // Written once, before the target runs.
    private static byte* s_headers;
    private static byte* s_pairs;
    private static bool s_isRecent;

    /// <summary>True for a segment of the layout of 4.20c and later.</summary>
    public static bool IsRecent(long size) => size >= RecentSize;

    /// <summary>From now on compares are logged in a segment.</summary>
    /// <exception cref="IOException">It is gone, may not be used, or is too small.</exception>
    [SupportedOSPlatform("linux")]
    public static void Attach(int segment)
    {
        long size = SharedSegment.SizeOf(segment);
        if (size < OldSize)
        {
            throw new IOException($"shared memory segment {segment} has {size} bytes; a CmpLog map of AFL++ has {OldSize} or {RecentSize}");
        }

        Use((byte*)SharedSegment.Attach(segment), IsRecent(size));
    }

    /// <summary>From now on compares are logged at an address.</summary>
    internal static void Use(byte* map, bool isRecent)
    {
        s_isRecent = isRecent;
        s_pairs = map + (Keys * (isRecent ? RecentHeader : OldHeader));
        s_headers = map;
    }

    /// <summary>Bytes of a map.</summary>
    internal static long SizeOf(bool isRecent) => isRecent ? RecentSize : OldSize;

    /// <summary>Logs two numbers that differ.</summary>
    public static void Numbers(int key, ulong left, ulong right, byte attribute)
    {
        if (s_headers == null || left == right)
        {
            return;
        }

        key &= Keys - 1;
        ulong both = left | right;
        uint shape = both <= byte.MaxValue ? 0u : both <= ushort.MaxValue ? 1u : both <= uint.MaxValue ? 3u : 7u;
        int slot = Hit(key, isSequence: false, shape, attribute) & (PairsOfKey - 1);
        if (s_isRecent)
        {
            ulong* pair = (ulong*)(s_pairs + ((((long)key * PairsOfKey) + slot) * RecentPair));
            pair[0] = left;
            pair[4] = right;
        }
        else
        {
            ulong* pair = (ulong*)(s_pairs + ((((long)key * PairsOfKey) + slot) * OldPair));
            pair[0] = left;
            pair[1] = right;
        }
    }

    /// <summary>Logs two sequences that differ, as far as the map keeps them.</summary>
    public static void Sequences(int key, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (s_headers == null || left.IsEmpty || right.IsEmpty || left.SequenceEqual(right))
        {
            return;
        }

        key &= Keys - 1;
        int most = s_isRecent ? RecentText : OldText;
        left = left[..Math.Min(left.Length, most)];
        right = right[..Math.Min(right.Length, most)];
        int slot = Hit(key, isSequence: true, (uint)Math.Max(left.Length, right.Length) - 1, 0) & ((s_isRecent ? RecentTexts : OldTexts) - 1);
        if (s_isRecent)
        {
            byte* pair = s_pairs + ((long)key * PairsOfKey * RecentPair) + (slot * RecentPair);
            Put(left, pair, RecentText);
            Put(right, pair + RecentText, RecentText);
            pair[2 * RecentText] = (byte)left.Length;
            pair[(2 * RecentText) + 1] = (byte)right.Length;
        }
        else
        {
            const int Side = OldText + 1;
            byte* pair = s_pairs + ((long)key * PairsOfKey * OldPair) + (slot * 2 * Side);
            Put(left, pair, OldText);
            Put(right, pair + Side, OldText);
            pair[OldText] = (byte)left.Length;
            pair[Side + OldText] = (byte)right.Length;
        }
    }

    private static void Put(ReadOnlySpan<byte> side, byte* place, int size)
    {
        var room = new Span<byte>(place, size);
        side.CopyTo(room);
        room[side.Length..].Clear();
    }

    // Counts a compare; returns how many there were before.
    private static int Hit(int key, bool isSequence, uint shape, byte attribute)
    {
        // Bits, from the lowest. Old: hits 24, id 24, shape 5, type 2, attribute 4. Recent: hits 6, shape 5, type 1, attribute 4.
        if (s_isRecent)
        {
            ushort* header = (ushort*)s_headers + key;
            uint before = *header;
            bool isSame = ((before >> 11) & 1) == (isSequence ? 1u : 0u);
            uint hits = isSame ? before & 63 : 0;
            uint widest = Math.Max(isSame ? (before >> 6) & 31 : 0, shape);
            *header = (ushort)(Math.Min(hits + 1, MostHits) | (widest << 6) | ((isSequence ? 1u : 0u) << 11) | ((uint)attribute << 12));
            return (int)hits;
        }
        else
        {
            ulong* header = (ulong*)s_headers + key;
            ulong before = *header;
            ulong type = isSequence ? 2u : 1u;
            bool isSame = ((before >> 53) & 3) == type;
            uint hits = isSame ? (uint)before & 0xFFFFFF : 0;
            ulong widest = Math.Max(isSame ? (before >> 48) & 31 : 0, shape);
            *header = Math.Min(hits + 1, MostHits) | (widest << 48) | (type << 53) | ((ulong)attribute << 55);
            return (int)hits;
        }
    }
}
