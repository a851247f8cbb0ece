namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>Random numbers for resampling: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014). The same seed gives the same numbers everywhere.</summary>
/// <param name="seed">Where it begins.</param>
public struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A whole number from 0 that is less than <paramref name="bound"/>; all are equally likely to within 2⁻³².</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);
}
