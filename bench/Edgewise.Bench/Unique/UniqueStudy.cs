namespace Edgewise.Bench.Unique;

/// <summary>The study of unique modes: all designs on all traces.</summary>
internal static class UniqueStudy
{
    private const int Rounds = 40;

    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        IReadOnlyList<EventTrace> traces = TraceFile.Read(Path.Combine(RepositoryFiles.Root, "bench", "Data", "kcov", "traces-v1.bin.gz"));
        string[] names = ["call", UniqueDesigns.Raw, .. UniqueDesigns.OfPcs, .. UniqueDesigns.OfEdges, .. UniqueDesigns.OfTraces];
        foreach (EventTrace trace in traces)
        {
            Replay[] replays = [.. names.Select(name => UniqueDesigns.Make(name, trace.Events.Length + 16, 1 << 18))];
            Dictionary<string, double> times = DesignRace.Time(replays, trace, options.Rounds(Rounds));
            report($"{trace.Name} {trace.Events.Length} {trace.UniquePcs} loop={trace.IsLoop}");
            report(string.Join("  ", times.Select(t => $"{t.Key} {t.Value:f2}/{t.Value / times["raw"]:f2}")));
            foreach (Replay replay in replays) replay.Dispose();
        }
        yield break;
    }
}
