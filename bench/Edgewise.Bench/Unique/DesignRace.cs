using System.Diagnostics;

namespace Edgewise.Bench.Unique;

/// <summary>Times designs on one trace in turns, so that whatever slows the machine slows all of them; the least of all rounds counts.</summary>
internal static class DesignRace
{
    private const int WarmUps = 40;
    private const double RoundMicroseconds = 800;

    /// <summary>Nanoseconds an event of each design, the reset before each replay included.</summary>
    public static Dictionary<string, double> Time(IReadOnlyList<Replay> replays, EventTrace trace, int rounds)
    {
        foreach (Replay replay in replays)
        {
            for (int i = 0; i < WarmUps && (i < 3 || trace.Events.Length < 100_000); i++)
            {
                replay.Run(trace);
            }
        }

        long first = Stopwatch.GetTimestamp();
        replays[0].Run(trace);
        int runs = Math.Max(1, (int)(RoundMicroseconds / Math.Max(0.05, Stopwatch.GetElapsedTime(first).TotalMicroseconds)));
        Dictionary<string, double> best = replays.ToDictionary(replay => replay.Name, _ => double.MaxValue);
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < replays.Count; i++)
            {
                Replay replay = replays[(i + round) % replays.Count];
                long start = Stopwatch.GetTimestamp();
                for (int run = 0; run < runs; run++)
                {
                    replay.Run(trace);
                }

                double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds / runs / trace.Events.Length;
                best[replay.Name] = Math.Min(best[replay.Name], time);
            }
        }

        return best;
    }
}
