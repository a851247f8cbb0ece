using System.Diagnostics;

namespace Edgewise.Bench.Timing;

/// <summary>Times contenders in one thread and in two at once, in turns.</summary>
internal static class PairRace
{
    // Longer than a race's rounds: the second thread has to be under way for most of the time.
    private const double RoundMilliseconds = 4;

    /// <summary>Times all contenders.</summary>
    /// <returns>Nanoseconds of a run, least of all rounds: alone, and while another thread runs the same.</returns>
    public static (double[] One, double[] Two) Run(IReadOnlyList<Contender> contenders, int rounds)
    {
        int runs = WarmUp.Run(contenders, RoundMilliseconds);
        double[] one = new double[contenders.Count];
        double[] two = new double[contenders.Count];
        Array.Fill(one, double.MaxValue);
        Array.Fill(two, double.MaxValue);
        using Barrier barrier = new(2);
        Contender? current = null;
        Thread second = new(() =>
        {
            for (int turn = 0; turn < rounds * contenders.Count; turn++)
            {
                barrier.SignalAndWait();
                Race.Time(current!, runs);
                barrier.SignalAndWait();
            }
        });
        second.Start();
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                one[i] = Math.Min(one[i], Race.Time(contenders[i], runs) / runs);
                current = contenders[i];
                barrier.SignalAndWait();
                long start = Stopwatch.GetTimestamp();
                Race.Time(contenders[i], runs);
                barrier.SignalAndWait();
                // Until both are done: a thread that lost its processor would otherwise have left the other alone.
                two[i] = Math.Min(two[i], Stopwatch.GetElapsedTime(start).TotalNanoseconds / runs);
            }
        }

        second.Join();
        return (one, two);
    }
}
