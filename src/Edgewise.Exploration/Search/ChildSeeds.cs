using Edgewise.Exploration.Randomness;

namespace Edgewise.Exploration.Search;

/// <summary>
/// The seeds of an anchor's children. What happens next at an anchor hangs on the next draw first of all, so the first draws of siblings are spread evenly
/// over their range, the two ends first: whatever share of the range leads on, the children find it as soon as evenly spread points can.
/// </summary>
/// <remarks>
/// The upper 16 bits of the first draw follow van der Corput's sequence (bits in reverse order), behind 0 and the largest number. All other bits come
/// from root seed, parent, anchor, state and index with full avalanche, and with them every later draw.
/// </remarks>
internal static class ChildSeeds
{
    private const int SpreadBits = 16;

    /// <summary>The seed of a child.</summary>
    /// <param name="rootSeed">Root seed of the search.</param>
    /// <param name="parent">Seed of the segment in which the anchor stands.</param>
    /// <param name="count">Draws of that segment before the anchor.</param>
    /// <param name="state">State that was found there.</param>
    /// <param name="index">Number of the child among the state's, from 0.</param>
    public static ulong Of(ulong rootSeed, ulong parent, long count, ulong state, long index)
    {
        ulong mixed = SeedMixing.Mix(SeedMixing.Mix(SeedMixing.Mix(SeedMixing.Mix(rootSeed, parent), (ulong)count), state), (ulong)index);
        return SeedOfFirstDraw((mixed >> SpreadBits) | (Spread(index) << (64 - SpreadBits)));
    }

    /// <summary>The seed whose first draw is the given one.</summary>
    public static ulong SeedOfFirstDraw(ulong draw) => SeedMixing.Unmix(draw) - RandomSource.Increment;

    /// <summary>A seed whose first draw has the upper bits of another seed's first draw, and all else from a third one.</summary>
    public static ulong WithFirstDrawOf(ulong seed, ulong other)
    {
        const ulong upper = ulong.MaxValue << (64 - SpreadBits);
        return SeedOfFirstDraw((FirstDrawOf(seed) & upper) | (FirstDrawOf(other) & ~upper));
    }

    private static ulong FirstDrawOf(ulong seed) => SeedMixing.Mix(seed + RandomSource.Increment);

    private static ulong Spread(long index) => index switch
    {
        0 => 0,
        1 => (1 << SpreadBits) - 1,
        _ => ReverseBits((uint)(index - 1)) >> (32 - SpreadBits),
    };

    private static uint ReverseBits(uint value)
    {
        value = ((value >> 1) & 0x55555555) | ((value & 0x55555555) << 1);
        value = ((value >> 2) & 0x33333333) | ((value & 0x33333333) << 2);
        value = ((value >> 4) & 0x0F0F0F0F) | ((value & 0x0F0F0F0F) << 4);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }
}
