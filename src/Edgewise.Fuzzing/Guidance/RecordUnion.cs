namespace Edgewise.Fuzzing.Guidance;

/// <summary>
/// Where a change makes one comparison equal and another unequal – another key of a table, another kind of record – tries inputs that have the part of both: the
/// two one behind the other, with what the target takes for a separator between them, and the changed part as a copy behind the part that it was made of.
/// </summary>
internal static class RecordUnion
{
    private const int MostSeparators = 6;
    private const int LongestRecord = 32;

    // Where a record begins before its kind: behind a length, behind a number.
    private static ReadOnlySpan<byte> Leads => [0, 1, 2, 4];

    /// <summary>Tries all of them.</summary>
    /// <param name="session">Its baseline is what was changed.</param>
    /// <param name="change">The change.</param>
    /// <param name="changed">The whole input after it.</param>
    /// <returns>True if one has both.</returns>
    public static bool TryAll(CompareSession session, InputChange change, byte[] changed)
    {
        byte[] input = session.Baseline.ToArray();
        foreach (byte[] separator in Separators(session))
        {
            if (session.TryUnited([.. input, .. separator, .. changed]) || session.TryUnited([.. changed, .. separator, .. input]))
            {
                return true;
            }
        }

        foreach (int lead in Leads)
        {
            int start = change.Start - lead;
            for (int length = lead + Math.Max(1, change.Removed); start >= 0 && length <= LongestRecord && start + length <= input.Length && !session.IsOver; length++)
            {
                // The record as it was, the changed one, and the rest.
                byte[] both = [.. input.AsSpan(0, start + length), .. changed.AsSpan(start, length + change.Growth), .. input.AsSpan(start + length)];
                if (session.TryUnited(both))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Single bytes that the input is compared with or looked through for, but for letters and digits.
    private static byte[][] Separators(CompareSession session)
    {
        var found = new List<byte>();
        foreach (CompareEvent logged in session.Events)
        {
            switch (logged.Kind)
            {
                case CompareKind.Numbers when logged.IsConstant:
                    Add(found, logged.Left);
                    break;
                case CompareKind.Bytes when logged.RightLength == 1:
                    Add(found, session.RightOf(logged)[0]);
                    break;
                case CompareKind.Chars when logged.RightLength == sizeof(char) && session.RightOf(logged)[1] == 0:
                    Add(found, session.RightOf(logged)[0]);
                    break;
                default:
                    break;
            }
        }

        return [[], .. found.Take(MostSeparators).Select(value => (byte[])[value])];
    }

    private static void Add(List<byte> found, ulong value)
    {
        if (value is > 0 and < 0x80 && !char.IsAsciiLetterOrDigit((char)value) && !found.Contains((byte)value))
        {
            found.Add((byte)value);
        }
    }
}
