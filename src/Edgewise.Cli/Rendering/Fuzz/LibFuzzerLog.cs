using System.Globalization;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>Tells of a campaign in libFuzzer's words, so that what reads libFuzzer's log reads this one. What libFuzzer has no word for begins with <c>INFO: edgewise: </c>.</summary>
internal sealed class LibFuzzerLog(TextWriter error, FuzzSettings settings, Func<long> memory)
{
    /// <summary>Writes of places that are covered for the first time; null to pass over them.</summary>
    public CoverageLines? Coverage { get; init; }

    private bool _hasBegun;

    /// <summary>The first lines.</summary>
    public void Begin(IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
        {
            Line(warning.StartsWith("WARNING", StringComparison.Ordinal) ? warning : $"INFO: edgewise: {warning}");
        }

        Line("INFO: Running with entropic power schedule (0xFF, 100).");
        Line($"INFO: Seed: {settings.Campaign.Seed}");
        Line($"INFO: edgewise: counts the edges of {settings.Assemblies}");
    }

    /// <summary>A message of the worker.</summary>
    public void Hear(FuzzMessage message)
    {
        switch (message)
        {
            case LoadedMessage { IsRestart: false } loaded:
                // Where libFuzzer has addresses stand the numbers of points.
                Line(string.Create(CultureInfo.InvariantCulture, $"INFO: Loaded {loaded.Modules.Count} modules   ({loaded.Points} inline 8-bit counters): {loaded.Points} [0x0, 0x{loaded.Points:x}), "));
                Line(string.Create(CultureInfo.InvariantCulture, $"INFO: Loaded {loaded.Modules.Count} PC tables ({loaded.Points} PCs): {loaded.Points} [0x0,0x{loaded.Points:x}), "));
                Line($"INFO: edgewise: modules {string.Join(", ", loaded.Modules)}");
                Line($"INFO: edgewise: target {loaded.Target}: {loaded.Signature}");
                if (settings.Campaign.MaxLength == 0)
                {
                    Line($"INFO: -max_len is not provided; libFuzzer will not generate inputs larger than {loaded.MaxLength} bytes");
                }

                if (settings.Corpus.Count == 0 && settings.SeedInputs.Count == 0)
                {
                    Line("INFO: A corpus is not provided, starting from an empty corpus");
                }

                break;
            case LoadedMessage:
                Line("INFO: edgewise: another process goes on");
                break;
            case SeedsMessage seeds:
                Line(seeds.Files == 0
                    ? "INFO: A corpus is not provided, starting from an empty corpus"
                    : $"INFO: seed corpus: files: {seeds.Files} min: {seeds.Shortest}b max: {seeds.Longest}b total: {seeds.Total}b rss: {RssMegabytes()}Mb");
                break;
            case CoverageMessage covered:
                foreach (string line in Coverage?.Of(covered) ?? [])
                {
                    Line(line);
                }

                break;
            case NewsMessage news:
                Line(EventLine(news.Event, news.Status, news.Length, news.Mutations, RssMegabytes(), Rate(news.Status)));
                break;
            case NoticeMessage notice:
                Line($"INFO: edgewise: {notice.Text}");
                break;
            default:
                break;
        }
    }

    /// <summary>A finding and its artifact.</summary>
    public void Write(Finding finding, string path)
    {
        foreach (string line in FindingLines.Report(finding, Environment.ProcessId).Concat(FindingLines.Unit(finding)))
        {
            Line(line);
        }

        WriteArtifact(finding.Input, path);
    }

    /// <summary>An execution that took long.</summary>
    public void Write(SlowRun slow, string path)
    {
        Line(string.Create(CultureInfo.InvariantCulture, $"Slowest unit: {(long)slow.Time.TotalSeconds} s:"));
        WriteArtifact(slow.Input, path);
    }

    private void WriteArtifact(byte[] input, string path)
    {
        Line($"artifact_prefix='{settings.ArtifactPrefix}'; Test unit written to {path}");
        if (input.Length <= FindingLines.LongestDump)
        {
            Line($"Base64: {Convert.ToBase64String(input)}");
        }
    }

    /// <summary>The last lines.</summary>
    public void End(FuzzResult result, bool hasStatistics)
    {
        if (result.Status is not { } status)
        {
            return;
        }

        for (int i = 0; i < result.Findings.Count; i++)
        {
            Finding finding = result.Findings[i];
            byte[] shortest = finding.Minimized ?? finding.Input;
            Line($"INFO: edgewise: finding {i + 1}: {finding.Title}");
            Line($"INFO: edgewise:   signature: {finding.Signature}{Again(finding)}");
            if (shortest.Length <= FindingLines.LongestDump)
            {
                Line($"INFO: edgewise:   input: {CSharpLiteral.Of(shortest)}");
            }

            Line($"INFO: edgewise:   reproduce: {Reproduction.Command(settings, result.Artifacts[i], Environment.CurrentDirectory)}");
        }

        if (result.Findings.Count == 0)
        {
            Line(EventLine("DONE  ", status, -1, [], RssMegabytes(), Rate(status, result.Elapsed)));
        }

        foreach (string line in DictionaryText.Render(result.Words, settings.Campaign.Dictionary))
        {
            Line(line);
        }

        Line($"Done {status.Executions} runs in {(long)result.Elapsed.TotalSeconds} second(s)");
        if (hasStatistics)
        {
            Line($"stat::number_of_executed_units: {status.Executions}");
            Line($"stat::average_exec_per_sec:     {Rate(status, result.Elapsed)}");
            Line($"stat::new_units_added:          {status.Entries}");
            Line($"stat::slowest_unit_time_sec:    {(long)result.SlowestRun.TotalSeconds}");
            Line($"stat::peak_rss_mb:              {result.PeakMemory >> 20}");
        }
    }

    /// <summary>A line of progress.</summary>
    internal static string EventLine(string what, CampaignStatus status, int length, IReadOnlyList<string> mutations, long rss, long rate)
    {
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"#{status.Executions}\t{what.PadRight(6)} cov: {status.Covered} ft: {status.Features} corp: {status.Entries}/{Size(status.EntryBytes)} lim: {status.LengthLimit} exec/s: {rate} rss: {rss}Mb");
        if (length > 0 && mutations.Count > 0)
        {
            line += string.Create(CultureInfo.InvariantCulture, $" L: {length}/{status.LongestEntry} MS: {mutations.Count} {string.Concat(mutations.Select(name => name + "-"))}");
        }

        return line;
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1 << 14 => $"{bytes}b",
        < 1 << 24 => $"{bytes >> 10}Kb",
        _ => $"{bytes >> 20}Mb",
    };

    private long Rate(CampaignStatus status) => Rate(status, System.Diagnostics.Stopwatch.GetElapsedTime(Started()));

    private static long Rate(CampaignStatus status, TimeSpan elapsed) => elapsed.TotalSeconds < 1 ? 0 : (long)(status.Executions / elapsed.TotalSeconds);

    private long _started;

    private long Started()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            _started = System.Diagnostics.Stopwatch.GetTimestamp();
        }

        return _started;
    }

    // The worker's, where the target runs.
    private long RssMegabytes() => memory() >> 20;

    private static string Again(Finding finding) =>
        finding.IsFlaky ? $" (flaky: {finding.Reproduced} of {finding.Reruns} further runs showed it)" : "";

    /// <summary>A line.</summary>
    public void Line(string text) => error.WriteLine(TerminalText.Plain(text).Replace("\\u0009", "\t", StringComparison.Ordinal));
}
