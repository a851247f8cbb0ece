using System.CommandLine;
using System.Globalization;
using Edgewise.Cli.Options;
using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.Reading;
using Edgewise.Showmap.Differential.Statistics;

namespace Edgewise.Cli.Commands.Diffcov;

/// <summary><c>edgewise diffcov stats</c>: whether approaches differ by more than their trials scatter, and how coverage grew.</summary>
internal sealed class StatsCommand
{
    /// <summary>Name of the subcommand.</summary>
    public const string Name = "stats";

    /// <summary>Examples for the end of its help.</summary>
    public const string Example = """
          # medians with their intervals, and each pair: Mann-Whitney U, p, A12
          edgewise diffcov stats campaign

          # coverage over time, of files as 'showmap --per-input' writes them
          edgewise diffcov stats campaign --per-input --plot growth.svg --html campaign.html
        """;

    private const int LeastResamples = 100, MostResamples = 10_000_000;

    private readonly Argument<string> _folder = DiffcovCommand.Folder();
    private readonly Option<string?> _measure = new("--measure") { Description = "What of a trial is compared: edges, relscore, or relcov with --against. [default: edges]", HelpName = "MEASURE" };
    private readonly Option<string?> _against = new("--against") { Description = "The approach whose edges count, of --measure relcov.", HelpName = "NAME" };
    private readonly Option<string?> _confidence = new("--confidence") { Description = "Of intervals, between 0.5 and 0.9999. [default: 0.95]", HelpName = "PART" };
    private readonly Option<string?> _resamples = new("--resamples") { Description = "Samples that are drawn for an interval. [default: 10000]", HelpName = "N" };
    private readonly Option<string?> _seed = new("--seed") { Description = "Where draws begin; the same seed gives the same intervals. [default: 0]", HelpName = "NUMBER" };
    private readonly Option<string?> _plot = new("--plot") { Description = "Write coverage over time as SVG; needs --per-input and entries that tell their times.", HelpName = "FILE" };
    private readonly Option<string?> _times = new("--entry-times") { Description = "Where entries' times come from: name, or modified for when their files were written. [default: name]", HelpName = "SOURCE" };

    private StatsCommand() { }

    /// <summary>The subcommand.</summary>
    /// <param name="switches">The options that it shares.</param>
    public static Command Create(DiffcovSwitches switches)
    {
        StatsCommand stats = new();
        Command command = new(Name, "Print medians with intervals, compare each pair of approaches by rank, and draw coverage over time.") { stats._folder };
        foreach (Option option in (Option[])[stats._measure, stats._against, stats._confidence, stats._resamples, stats._seed, stats._plot, stats._times])
        {
            command.Options.Add(option);
        }

        command.SetAction(result => stats.Run(result, switches));
        return command;
    }

    private int Run(ParseResult result, DiffcovSwitches switches)
    {
        CommandReport report = new(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        DiffcovRequest request = switches.Read(result, result.GetValue(_folder)!, report);
        string? plot = result.GetValue(_plot), times = result.GetValue(_times);
        DiffcovSwitches.CheckFile("--plot", plot, report);
        if (plot is not null && !request.IsPerInput)
        {
            report.Error("--plot: a trial of one file has no times; add --per-input, where files are TRIAL__ENTRY");
        }

        EntryTimes source = DiffcovSwitches.OneOf("--entry-times", times, EntryTimes.Name, report);
        if (times is not null && (plot is null || source == EntryTimes.None))
        {
            report.Error("--entry-times: expected name or modified, and --plot");
        }

        return (request with { Statistics = Options(result, request, report), PlotFile = plot, Times = plot is null ? EntryTimes.None : source }).Execute(Name, null, report);
    }

    private StatisticsOptions Options(ParseResult result, DiffcovRequest request, CommandReport report)
    {
        var usual = new StatisticsOptions();
        TrialMeasure measure = DiffcovSwitches.OneOf("--measure", result.GetValue(_measure), usual.Measure, report);
        string? against = result.GetValue(_against);
        if (measure == TrialMeasure.Relcov != against is not null)
        {
            report.Error(against is null ? "--measure relcov: add --against NAME, the approach whose edges count" : "--against: only --measure relcov is of a reference");
        }

        if (request.Values is ValueReducer.Min or ValueReducer.Max)
        {
            report.Error("--values: intervals are of medians and averages; resampling cannot tell how far the least and the largest may lie");
        }

        return usual with
        {
            Measure = measure,
            Reference = against ?? "",
            Values = request.Values,
            Collection = request.Collection,
            Confidence = result.GetValue(_confidence) is { } confidence ? DiffcovSwitches.ReadNumber("--confidence", confidence, 0.5, 0.9999, report) : usual.Confidence,
            Resamples = result.GetValue(_resamples) is { } resamples ? Resamples(resamples, report) : usual.Resamples,
            Seed = result.GetValue(_seed) is { } seed ? Quantities.Seed("--seed", seed).Tell(report) : usual.Seed,
        };
    }

    private static int Resamples(string text, CommandReport report)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= LeastResamples and <= MostResamples)
        {
            return count;
        }

        report.Error($"--resamples: '{text}' is no whole number from {LeastResamples} to {MostResamples}");
        return LeastResamples;
    }
}
