namespace Edgewise.Fuzzing.Guidance;

/// <summary>Gives a few bytes next to each other all values, one byte at a time, where a target calls what a table or an object says: a byte that chooses a callee is compared with nothing.</summary>
internal static class CallSearch
{
    private const int Bytes = 8;

    /// <summary>Executions that it takes at most.</summary>
    public const int MostExecutions = Bytes * (byte.MaxValue + 1);

    /// <summary>Goes through the values, if the baseline called anything so.</summary>
    /// <param name="session">Its baseline is the input.</param>
    /// <param name="round">Which time this is, from 1 on: other bytes each time.</param>
    public static void Run(CompareSession session, int round)
    {
        byte[] input = session.Baseline.ToArray();
        if (!CalledPairs.HasAny || input.Length == 0)
        {
            return;
        }

        int first = (int)((round - 1L) * Bytes % input.Length);
        for (int place = first; place < Math.Min(input.Length, first + Bytes); place++)
        {
            byte[] candidate = [.. input];
            for (int value = 0; value <= byte.MaxValue && !session.IsOver; value++)
            {
                candidate[place] = (byte)value;
                session.Probe(candidate);
            }
        }
    }
}
