using System.Runtime.CompilerServices;

namespace Edgewise.Fuzzing.Randomness;

/// <summary>The one source of chance of a campaign. Its state stands in the campaign's memory, so that it outlives the process.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): the same numbers on every machine.</remarks>
public readonly unsafe struct FuzzRandom
{
    private const ulong Increment = 0x9E3779B97F4A7C15UL;

    private readonly ulong* _state;

    /// <summary>A source over a state.</summary>
    /// <param name="state">Where the state stands; the seed at first.</param>
    public FuzzRandom(ulong* state) => _state = state;

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        ulong z = *_state += Increment;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to, but not, <paramref name="count"/>, which is at least 1. Nearly uniform: some numbers are more likely by 2⁻³².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Below(int count) => (int)(((Next() >> 32) * (uint)count) >> 32);

    /// <summary>The same, for numbers that need more than 32 bits.</summary>
    public ulong Below(ulong count) => Math.BigMul(Next(), count, out _);

    /// <summary>True once in <paramref name="count"/> times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OneIn(int count) => Below(count) == 0;

    /// <summary>One random bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Flip() => (long)Next() < 0;

    /// <summary>A random byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Byte() => (byte)(Next() >> 56);
}
