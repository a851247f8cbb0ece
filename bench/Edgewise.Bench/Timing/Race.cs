using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Edgewise.Bench.Timing;

/// <summary>Times contenders in turns, a few milliseconds each, so that whatever slows the machine slows all of them.</summary>
/// <remarks>
/// The minimum over many rounds is taken: noise only ever adds time. A round is kept shorter than a scheduler's time slice, so that on a busy
/// machine some rounds of each contender still run undisturbed.
/// </remarks>
internal static class Race
{
    private const double RoundMilliseconds = 1.5;
    private const int FewestRounds = 7;
    private static readonly TimeSpan LongestRace = TimeSpan.FromSeconds(20);

    /// <summary>Times all contenders.</summary>
    /// <param name="contenders">What to time; the first decides how many runs make a round.</param>
    /// <param name="rounds">How often each takes its turn; fewer where that would take too long.</param>
    /// <returns>Nanoseconds of one run, the least of all rounds, for each contender.</returns>
    /// <exception cref="InvalidOperationException">A contender did other work than the first.</exception>
    public static double[] Run(IReadOnlyList<Contender> contenders, int rounds)
    {
        CheckSameWork(contenders);
        int runs = WarmUp.Run(contenders, RoundMilliseconds);
        double[] best = new double[contenders.Count];
        Array.Fill(best, double.MaxValue);
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < rounds && (round < FewestRounds || Stopwatch.GetElapsedTime(start) < LongestRace); round++)
        {
            for (int i = 0; i < best.Length; i++)
            {
                // Another order each round: nobody always runs behind the same neighbour.
                int k = (i + round) % best.Length;
                best[k] = Math.Min(best[k], Time(contenders[k], runs) / runs);
            }
        }

        return best;
    }

    /// <summary>Nanoseconds that a number of runs take, the clearing of counters after each included.</summary>
    /// <remarks>Compiled once, without a profile: else the first contender's code would be inlined here, and only the first's.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Time(Contender contender, int runs)
    {
        Func<int> run = contender.Run;
        CounterSlice[] counters = [.. contender.Counters];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < runs; i++)
        {
            run();
            foreach (CounterSlice slice in counters)
            {
                slice.Span.Clear();
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    private static void CheckSameWork(IReadOnlyList<Contender> contenders)
    {
        int expected = contenders[0].Run();
        foreach (Contender contender in contenders)
        {
            int result = contender.Run();
            if (result != expected)
            {
                throw new InvalidOperationException($"{contender.Name} returned {result} where {contenders[0].Name} returned {expected}");
            }
        }
    }
}
