using System.Diagnostics;
using System.Runtime;

namespace Edgewise.Bench.Timing;

/// <summary>Runs contenders until the runtime has compiled them at their last tier.</summary>
/// <remarks>
/// A method is compiled anew after 30 calls, twice (with a profile, then by it), each time no sooner than 100 ms after the last new method; on a
/// machine with other work to do that takes seconds. So the count of compiled methods is asked: it must stand still over a whole pass.
/// </remarks>
internal static class WarmUp
{
    private const int FewestPasses = 5;
    private const int MostPasses = 25;
    private const int CallsOfATier = 40;
    private const double MostMillisecondsAPass = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(130);

    /// <summary>Runs the contenders.</summary>
    /// <param name="contenders">What will be timed.</param>
    /// <param name="milliseconds">How long a round should be.</param>
    /// <returns>How many runs of the first contender make a round.</returns>
    public static int Run(IReadOnlyList<Contender> contenders, double milliseconds)
    {
        double fastest = double.MaxValue;
        for (int pass = 1; pass <= MostPasses; pass++)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            foreach (Contender contender in contenders)
            {
                double best = RunPass(contender);
                fastest = contender == contenders[0] ? Math.Min(fastest, best) : fastest;
            }

            WaitForCompiler();
            if (pass >= FewestPasses && JitInfo.GetCompiledMethodCount() - compiled <= 4 * contenders.Count)
            {
                break;
            }
        }

        return Math.Max(1, (int)(milliseconds * 1e6 / fastest));
    }

    private static void WaitForCompiler()
    {
        long compiled;
        do
        {
            compiled = JitInfo.GetCompiledMethodCount();
            Thread.Sleep(Pause);
        }
        while (JitInfo.GetCompiledMethodCount() != compiled);
    }

    /// <summary>Calls a contender often enough for a tier, and longer where a call is short.</summary>
    /// <returns>Nanoseconds of its fastest run.</returns>
    private static double RunPass(Contender contender)
    {
        const double ShortestPass = 2;
        long start = Stopwatch.GetTimestamp();
        double best = double.MaxValue;
        double elapsed = 0;
        for (int i = 0; (i < CallsOfATier || elapsed < ShortestPass) && elapsed < MostMillisecondsAPass; i++)
        {
            best = Math.Min(best, Race.Time(contender, 1));
            elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return best;
    }
}
