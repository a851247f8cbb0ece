using Edgewise.Annotations;

namespace Fuzzed;

/// <summary>A target for replays: it rejects some inputs, and starts something up when it is first needed.</summary>
public static class ReplayTargets
{
    /// <summary>Rejects what begins with a dash; counts a's; needs a table for a z.</summary>
    /// <returns>-1 for an input that is rejected.</returns>
    [FuzzTarget("replayed")]
    public static int Replay(ReadOnlySpan<byte> input)
    {
        if (input.Length > 0 && input[0] == '-')
        {
            return -1;
        }

        int sum = 0;
        foreach (byte letter in input)
        {
            if (letter == 'a')
            {
                sum += One();
            }
            else if (letter == 'z')
            {
                sum += Table.Values[sum % Table.Values.Length];
            }
        }

        return sum & 1;
    }

    private static int One() => 1;

    private static class Table
    {
        public static readonly int[] Values = Make();

        private static int[] Make()
        {
            int[] values = new int[8];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = i * i;
            }

            return values;
        }
    }
}
