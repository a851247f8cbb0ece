using Edgewise.Bench.Unique.Designs;

namespace Edgewise.Bench.Unique;

/// <summary>The tables and plots of <c>docs/unique-coverage.md</c>.</summary>
internal static class StudyReport
{
    private const double HighestBar = 4;

    /// <summary>Writes them.</summary>
    /// <param name="timed">All traces with what each design took, in nanoseconds an event.</param>
    /// <param name="report">Takes the tables.</param>
    /// <param name="plots">Folder for the plots; null: none are drawn.</param>
    /// <exception cref="IOException">A plot cannot be written.</exception>
    public static void Write(IReadOnlyList<(EventTrace Trace, Dictionary<string, double> Times)> timed, Action<string> report, string? plots)
    {
        IReadOnlyList<EventTrace> traces = [.. timed.Select(t => t.Trace)];
        Table(report, "traces", ["trace", "events", "stored", "PCs", "edges", "events a PC", "kind"], traces.Select(trace => (IReadOnlyList<string>)
        [
            trace.Name, StudyTables.Number(trace.Length), StudyTables.Number(trace.Events.Length), StudyTables.Number(trace.UniquePcs), StudyTables.Number(trace.UniqueEdges),
            StudyTables.Number(trace.Length / trace.UniquePcs), trace.IsLoop ? "loop" : trace.IsMostlyNew ? "mostly new" : "",
        ]));
        Table(report, "PCs that a raw buffer lost", ["trace", .. OverflowTable.Sizes.Select(size => $"{StudyTables.Number(size)} words")], traces.Select(trace =>
            (IReadOnlyList<string>)[trace.Name, .. OverflowTable.Sizes.Select(size => StudyTables.Number(OverflowTable.LostByRaw(trace, size)))]));
        Table(report, "PCs and edges that the defaults lost", ["trace", .. OverflowTable.Sizes.Select(size => $"{StudyTables.Number(size)} words")], traces.Select(trace =>
            (IReadOnlyList<string>)[trace.Name, .. OverflowTable.Sizes.Select(size =>
                $"{OverflowTable.LostBy(UniqueDesigns.Default, trace, size)}, {OverflowTable.LostBy(UniqueDesigns.DefaultEdge, trace, size)}")]));
        Speeds(timed, report, "points", [.. UniqueDesigns.OfPcs]);
        Speeds(timed, report, "edges and whole traces", [.. UniqueDesigns.OfEdges, .. UniqueDesigns.OfTraces]);
        Table(report, "delta coding", ["trace", "delta, B an event", "with DEFLATE", "times later", "with DEFLATE"], traces.Select(trace =>
        {
            (long delta, long deflate) = Coded(trace);
            double events = trace.Events.Length;
            return (IReadOnlyList<string>)[trace.Name, StudyTables.Figure(delta / events), (deflate / events).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture), StudyTables.Figure(8 * events / delta), StudyTables.Figure(8 * events / deflate)];
        }));
        if (plots is not null)
        {
            Directory.CreateDirectory(plots);
            Plot(Path.Combine(plots, "unique-points.svg"), "Unique points: time of an event, raw append = 1", timed, [.. UniqueDesigns.OfPcs]);
            Plot(Path.Combine(plots, "unique-edges.svg"), "Unique edges and whole traces: time of an event, raw append = 1", timed, [.. UniqueDesigns.OfEdges, .. UniqueDesigns.OfTraces]);
        }
    }

    /// <summary>Bytes of a trace as distances, and these compressed.</summary>
    public static (long Delta, long Deflate) Coded(EventTrace trace)
    {
        using Replay delta = UniqueDesigns.Make("delta", trace.Events.Length + 16, trace.Pcs.Length + 1);
        using Replay deflate = UniqueDesigns.Make("delta.deflate", trace.Events.Length + 16, trace.Pcs.Length + 1);
        delta.Run(trace);
        deflate.Run(trace);
        CompressedTrace blocks = (CompressedTrace)deflate.Design;
        blocks.Close();
        return (((DeltaTrace)delta.Design).Bytes, blocks.Bytes);
    }

    private static void Speeds(IReadOnlyList<(EventTrace Trace, Dictionary<string, double> Times)> timed, Action<string> report, string title, string[] designs) =>
        Table(report, title, ["trace", "raw, ns", .. designs], timed.Select(t => (IReadOnlyList<string>)
            [t.Trace.Name, StudyTables.Figure(t.Times[UniqueDesigns.Raw]), .. designs.Select(design => StudyTables.Figure(t.Times[design] / t.Times[UniqueDesigns.Raw]))]));

    private static void Table(Action<string> report, string title, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows) =>
        report($"{title}\n\n{StudyTables.Render(head, rows)}");

    private static void Plot(string path, string title, IReadOnlyList<(EventTrace Trace, Dictionary<string, double> Times)> timed, string[] designs) =>
        File.WriteAllText(path, StudyPlot.Bars(
            title, designs, [.. timed.Select(t => (t.Trace.Name, designs.Select(design => t.Times[design] / t.Times[UniqueDesigns.Raw]).ToArray()))], HighestBar));
}
