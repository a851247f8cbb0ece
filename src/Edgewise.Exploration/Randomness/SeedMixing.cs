using System.Runtime.CompilerServices;

namespace Edgewise.Exploration.Randomness;

/// <summary>
/// Seeds made from other numbers with full avalanche: a change of any bit of any number changes each bit of the seed with probability one half, so that
/// the timelines of neighbours have nothing in common.
/// </summary>
public static class SeedMixing
{
    /// <summary>
    /// The finalizer of SplitMix64, a bijection of 64 bits.
    /// </summary>
    /// <remarks>Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014; constants of variant 13 by Stafford.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    /// <summary>The number of which <see cref="Mix(ulong)"/> makes this one.</summary>
    public static ulong Unmix(ulong value)
    {
        // The inverses of the odd factors modulo 2^64; a shift of more than half the bits is undone by one more and a shift of twice the width.
        value ^= (value >> 31) ^ (value >> 62);
        value *= 0x319642B2D24D8EC3UL;
        value ^= (value >> 27) ^ (value >> 54);
        value *= 0x96DE1B173F119089UL;
        return value ^ (value >> 30) ^ (value >> 60);
    }

    /// <summary>Mixes one more number into a seed. The order of the numbers matters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong seed, ulong value) => Mix(Mix(seed + RandomSource.Increment) ^ value);

    /// <summary>A number for a text, the same in every process and on every machine.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        ulong seed = (ulong)text.Length;
        foreach (char character in text)
        {
            seed = Mix(seed, character);
        }

        return seed;
    }
}
