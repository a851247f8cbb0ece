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
