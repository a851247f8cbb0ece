namespace Edgewise.Fuzzing.Guidance;

/// <summary>Replaces a pattern where the input has it.</summary>
internal static class Places
{
    /// <summary>Tries the replacement at each place of the pattern, one at a time, up to a number of places.</summary>
    public static bool TryAll(ICandidates candidates, ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> replacement, int most)
    {
        if (pattern.IsEmpty || pattern.SequenceEqual(replacement))
        {
            return false;
        }

        int start = 0;
        for (int i = 0; i < most; i++)
        {
            // The baseline may be another one after each try.
            ReadOnlySpan<byte> input = candidates.Baseline;
            int found = start <= input.Length ? input[start..].IndexOf(pattern) : -1;
            if (found < 0)
            {
                return false;
            }

            start += found;
            if (candidates.Try(start, pattern.Length, replacement))
            {
                return true;
            }

            start++;
        }

        return false;
    }
}
