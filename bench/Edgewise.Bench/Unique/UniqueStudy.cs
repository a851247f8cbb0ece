using System.Globalization;

namespace Edgewise.Bench.Unique;

/// <summary>The study of unique modes: all designs on all traces, what they need and what they lose.</summary>
internal static class UniqueStudy
{
    private const int Rounds = 48;
    private const int SyzbotSites = 1_900_000;
    private const int SmallKernelSites = 145_000;
    private const double LoopGoal = 1.0, NewGoal = 1.3, EdgeLoopGoal = 1.2, EdgeNewGoal = 1.5;

    private static readonly string[] Timed =
        ["call", UniqueDesigns.Raw, .. UniqueDesigns.OfPcs, .. UniqueDesigns.OfEdges, .. UniqueDesigns.OfTraces];

    /// <summary>Takes the figures; tables go to the report, plots to the folder that the options name.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        Overhead.LowMemoryHost.Install();
        List<EventTrace> traces =
        [
            .. TraceFile.Read(Path.Combine(RepositoryFiles.Root, "bench", "Data", "kcov", "traces-v1.bin.gz")),
            .. ProgramTraces.Take(report, options.Quick),
        ];
        List<(EventTrace Trace, Dictionary<string, double> Times)> timed = [.. traces.Select(trace => (trace, Time(trace, options, report)))];
        List<Measurement> all = [.. Speeds(timed), .. Losses(traces), .. States(), .. Collisions(), .. Deltas(traces), .. SessionOverhead.Measure(options)];
        StudyReport.Write(timed, report, options.PlotFolder);
        return all;
    }

    private static Dictionary<string, double> Time(EventTrace trace, BenchOptions options, Action<string> report)
    {
        report($"replaying {trace.Name} …");
        Replay[] replays = [.. Timed.Select(name => UniqueDesigns.Make(name, trace.Events.Length + 16, trace.Pcs.Length + 1))];
        try
        {
            return DesignRace.Time(replays, trace, options.Rounds(Rounds));
        }
        finally
        {
            foreach (Replay replay in replays)
            {
                replay.Dispose();
            }
        }
    }

    // The shortest traces are a few dozen nanoseconds: noise of the clock. They are in the tables, and in no median.
    private static IEnumerable<Measurement> Speeds(List<(EventTrace Trace, Dictionary<string, double> Times)> timed)
    {
        foreach ((string design, double loop, double fresh) in new[]
        {
            (UniqueDesigns.Default, LoopGoal, NewGoal), (UniqueDesigns.DefaultEdge, EdgeLoopGoal, EdgeNewGoal),
        })
        {
            yield return new($"unique.{design}.loops", Median(timed.Where(t => t.Trace.IsLoop), design), "x", loop);
            yield return new($"unique.{design}.mostly-new", Median(timed.Where(t => t.Trace.IsMostlyNew && t.Trace.Events.Length > 100), design), "x", fresh);
        }

        foreach (string design in Timed.Where(name => name is not ("call" or UniqueDesigns.Raw or UniqueDesigns.Default or UniqueDesigns.DefaultEdge)))
        {
            yield return new($"unique.{design}.loops", Median(timed.Where(t => t.Trace.IsLoop), design), "x");
            yield return new($"unique.{design}.mostly-new", Median(timed.Where(t => t.Trace.IsMostlyNew && t.Trace.Events.Length > 100), design), "x");
        }
    }

    private static double Median(IEnumerable<(EventTrace Trace, Dictionary<string, double> Times)> timed, string design)
    {
        double[] ratios = [.. timed.Select(t => t.Times[design] / t.Times[UniqueDesigns.Raw]).Order()];
        return ratios.Length == 0 ? double.NaN : ratios[ratios.Length / 2];
    }

    private static IEnumerable<Measurement> Losses(List<EventTrace> traces)
    {
        yield return new("unique.lost.raw.8Ki", traces.Sum(trace => OverflowTable.LostByRaw(trace, UniqueDesigns.SmallArea)), "PCs");
        foreach (string design in UniqueDesigns.OfPcs.Concat([UniqueDesigns.DefaultEdge]))
        {
            yield return new($"unique.lost.{design}.8Ki.area", traces.Sum(trace => OverflowTable.LostBy(design, trace, UniqueDesigns.SmallArea)), "");
        }

        foreach (string design in new[] { UniqueDesigns.Default, UniqueDesigns.DefaultEdge })
        {
            yield return new($"unique.lost.{design}.8Ki", traces.Sum(trace => OverflowTable.LostWithState(design, trace, UniqueDesigns.SmallArea)), "", 0);
        }
    }

    // With a small kernel's trace before each reset, so that there is something to clear.
    private static IEnumerable<Measurement> States()
    {
        EventTrace trace = EventTrace.OfPcs("a thousand", Enumerable.Range(0, 1000).Select(i => 0xFFFFFFFF_81000000 + ((ulong)i * 1873)), 1000);
        foreach (string design in UniqueDesigns.OfPcs.Concat(UniqueDesigns.OfEdges))
        {
            using Replay replay = UniqueDesigns.Make(design, UniqueDesigns.SmallArea, SyzbotSites);
            yield return new($"unique.reset.{design}", ResetTime(replay, trace), "ns");
            yield return new($"unique.state.{design}", replay.Design.StateBytes / 1024.0, "KiB");
        }
    }

    // A reset alone is shorter than the clock's step, so many follow one another; what is cleared only now and then has its share.
    private static double ResetTime(Replay replay, EventTrace trace)
    {
        const int Resets = 2550;
        double best = double.MaxValue;
        for (int round = 0; round < 12; round++)
        {
            replay.Run(trace);
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            for (int i = 0; i < Resets; i++)
            {
                replay.Reset();
            }

            best = Math.Min(best, System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalNanoseconds / Resets);
        }

        return best;
    }

    private static IEnumerable<Measurement> Collisions()
    {
        foreach (int sites in new[] { SmallKernelSites, SyzbotSites })
        {
            foreach ((string name, int alignment) in new[] { ("x86", 1), ("aligned-4", 4) })
            {
                (int edges, int shared) = EdgeCollisions.Count(sites, alignment);
                yield return new(string.Create(CultureInfo.InvariantCulture, $"unique.hashed-edges.{sites / 1000}K.{name}.shared"), 100.0 * shared / edges, "%");
            }
        }
    }

    private static IEnumerable<Measurement> Deltas(List<EventTrace> traces)
    {
        long events = 0, delta = 0, deflate = 0;
        foreach (EventTrace trace in traces)
        {
            (long coded, long compressed) = StudyReport.Coded(trace);
            (events, delta, deflate) = (events + trace.Events.Length, delta + coded, deflate + compressed);
        }

        yield return new("unique.delta.bytes-per-event", (double)delta / events, "B");
        yield return new("unique.delta.deflate.bytes-per-event", (double)deflate / events, "B");
    }
}
