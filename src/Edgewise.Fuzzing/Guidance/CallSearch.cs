using Edgewise.Fuzzing.Randomness;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>Gives a few bytes next to each other all values, one byte at a time, where a target calls what a table or an object says: a byte that chooses a callee is compared with nothing.</summary>
internal static class CallSearch
{
    private const int Bytes = 4;

    /// <summary>Executions that it takes at most.</summary>
    public const int MostExecutions = Bytes * (byte.MaxValue + 1);

    /// <summary>Goes through the values, if the baseline called anything so.</summary>
    public static void Run(CompareSession session, FuzzRandom random)
    {
        byte[] input = session.Baseline.ToArray();
        if (!CalledPairs.HasAny || input.Length == 0)
        {
            return;
        }

        int first = random.Below(Math.Max(1, input.Length - Bytes + 1));
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
