namespace Edgewise.Simulation.Properties;

/// <summary>
/// Several qualities in one number with the same order: each gets an equal share of 63 bits, the first the uppermost; what does not fit a share is taken
/// as the nearest number that does. One quality keeps all its bits.
/// </summary>
internal static class PackedQuality
{
    public static long Pack(ReadOnlySpan<(string Key, long Value)> quality)
    {
        if (quality.Length <= 1)
        {
            return quality.IsEmpty ? 0 : quality[0].Value;
        }

        int bits = Math.Max(63 / quality.Length, 1);
        long limit = 1L << (bits - 1);
        long packed = 0;
        for (int i = 0; i < Math.Min(quality.Length, 63); i++)
        {
            packed = (packed << bits) | (Math.Clamp(quality[i].Value, -limit, limit - 1) + limit);
        }

        return packed;
    }
}
