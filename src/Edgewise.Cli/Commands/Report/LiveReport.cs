using System.Diagnostics;
using Edgewise.Cli.Terminal;
using Edgewise.Report;
using Edgewise.Report.Html;
using Edgewise.Report.Inputs;
using Edgewise.Report.Model;
using Edgewise.Report.Serving;
using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Commands.Report;

/// <summary>A report that is made anew whenever the counters of a process have changed. Sources, names and lines are read once.</summary>
internal sealed class LiveReport : IDisposable
{
    private const int BuildsShareOfTime = 4;
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(500);

    private readonly ReportRequest _request;
    private readonly LoadedCoverage _loaded;
    private readonly ReportMaps _maps;
    private readonly CoverageReport? _before;
    private readonly CommandReport _report;
    private readonly IReadOnlyList<string> _notes;
    private IReadOnlyList<PointHits> _hits = [];

    private LiveReport(ReportRequest request, LoadedCoverage loaded, ReportMaps maps, CoverageReport? before, IReadOnlyList<string> notes, CommandReport report)
    {
        _request = request;
        _loaded = loaded;
        _maps = maps;
        _before = before;
        _notes = notes;
        _report = report;
    }

    /// <summary>Reads the inputs; null, and errors, where they cannot be served.</summary>
    public static LiveReport? Open(ReportRequest request, CommandReport report)
    {
        ErrorList errors = new(report);
        List<string> notes = [];
        LoadedCoverage? loaded = request.Load(request.Inputs, out ReportMaps maps, errors, notes);
        CoverageReport? before = loaded is null ? null : request.Before(errors, notes);
        if (loaded is null || (before is null && request.Others.Count > 0))
        {
            loaded?.Dispose();
            maps.Dispose();
            return null;
        }

        notes.ForEach(report.Note);
        return new LiveReport(request, loaded, maps, before, [.. errors, .. notes], report);
    }

    /// <summary>Serves the report until Ctrl-C.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="ReportException">The port is taken.</exception>
    public int Serve(int port, CancellationToken cancellation)
    {
        using Interrupt interrupt = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, interrupt.Token);
        _hits = _maps.Read();
        using ReportServer server = new(Site(), port);
        _report.Output.WriteLine($"serving {server.Address}");
        _report.Output.Flush();
        Task answering = server.RunAsync(stop.Token);
        Follow(server, stop.Token);
        answering.Wait(CancellationToken.None);
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loaded.Dispose();
        _maps.Dispose();
    }

    private ReportSite Site()
    {
        CoverageReport made = _loaded.ToReport(_request.Options(_hits));
        return new ReportSite(made, _before, _request.Sources(), _request.Site(made, _notes, isLive: true));
    }

    private void Follow(ReportServer server, CancellationToken cancellation)
    {
        TimeSpan pause = LeastPause;
        while (!cancellation.WaitHandle.WaitOne(pause))
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                IReadOnlyList<PointHits> hits = _maps.Read();
                if (!AreEqual(hits, _hits))
                {
                    _hits = hits;
                    server.Update(Site());
                }
            }
            catch (Exception e) when (e is IOException or CoverageFormatException)
            {
                _report.Note(e.Message);
            }

            // Following never takes more than a share of a processor.
            TimeSpan spent = Stopwatch.GetElapsedTime(start) * BuildsShareOfTime;
            pause = spent > LeastPause ? spent : LeastPause;
        }
    }

    private static bool AreEqual(IReadOnlyList<PointHits> a, IReadOnlyList<PointHits> b) =>
        a.Count == b.Count && a.Zip(b).All(static pair =>
            pair.First.ModuleName == pair.Second.ModuleName
            && pair.First.Counts.Count == pair.Second.Counts.Count
            && pair.First.Counts.All(count => pair.Second.Counts.TryGetValue(count.Key, out HitCount other) && other == count.Value));
}
