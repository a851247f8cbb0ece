using System.Text;
using Edgewise.Cli.Rendering.Diffcov;
using Edgewise.Cli.Terminal;
using Edgewise.Runtime.Formats;
using Edgewise.Showmap;
using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.OverTime;
using Edgewise.Showmap.Differential.Reading;
using Edgewise.Showmap.Differential.Statistics;

namespace Edgewise.Cli.Commands.Diffcov;

/// <summary>What a call of <c>edgewise diffcov</c> is to read, and where results go.</summary>
/// <param name="Folder">The campaign's folder.</param>
/// <param name="Filter">Which of its approaches.</param>
internal sealed record DiffcovRequest(string Folder, ApproachFilter Filter)
{
    /// <summary>What is printed.</summary>
    public DiffcovFormat Format { get; init; }

    /// <summary>How values of trials become one.</summary>
    public ValueReducer Values { get; init; }

    /// <summary>How edges of trials become one set.</summary>
    public CollectionReducer Collection { get; init; }

    /// <summary>True: files are parts of trials.</summary>
    public bool IsPerInput { get; init; }

    /// <summary>Where the times of entries come from; none where no plot is asked for.</summary>
    public EntryTimes Times { get; init; }

    /// <summary>How <c>stats</c> measures; null for other subcommands.</summary>
    public StatisticsOptions? Statistics { get; init; }

    /// <summary>How LaTeX looks.</summary>
    public required LatexStyle Latex { get; init; }

    /// <summary>Colours of the page.</summary>
    public required ColorMap Colors { get; init; }

    /// <summary>Where JSON goes.</summary>
    public string? JsonFile { get; init; }

    /// <summary>Where the page goes.</summary>
    public string? HtmlFile { get; init; }

    /// <summary>Where the plot goes.</summary>
    public string? PlotFile { get; init; }

    /// <summary>Reads the campaign and writes everything that was asked for.</summary>
    /// <param name="command">The subcommand.</param>
    /// <param name="ranking">What it ranks approaches by, or null; it may find that it cannot.</param>
    /// <param name="report">Receives text, notes and errors.</param>
    /// <returns>The exit code.</returns>
    public int Execute(string command, Func<RelativeCoverage, IReadOnlyList<RelativeScore>, Ranking>? ranking, CommandReport report)
    {
        if (report.ErrorCount > 0 || ReadCampaign(report) is not { } campaign)
        {
            return CommandReport.Failure;
        }

        try
        {
            RelativeCoverage relcov = RelativeCoverage.Of(campaign, Values, Collection);
            IReadOnlyList<RelativeScore> scores = RelativeScore.Of(campaign);
            DiffcovResult result = new(command, Folder, Values, Collection, campaign, relcov, scores)
            {
                Ranking = ranking?.Invoke(relcov, scores),
                Statistics = Statistics is { } options ? CampaignStatistics.Of(campaign, options) : null,
                Bands = Times == EntryTimes.None ? null : CoverageBand.Of(campaign),
            };
            Write(result, report);
        }
        catch (Exception failure) when (failure is ShowmapException or IOException or UnauthorizedAccessException)
        {
            report.Error(failure.Message);
        }

        return report.ErrorCount > 0 ? CommandReport.Failure : 0;
    }

    private Campaign? ReadCampaign(CommandReport report)
    {
        List<string> notes = [];
        CappedErrors errors = new(report);
        IReadOnlyList<TrialFiles> files = new CampaignFolder(Filter, IsPerInput, Times).Find(Folder, errors, notes);
        notes.ForEach(report.Note);
        Campaign? campaign = null;
        if (errors.Count == 0)
        {
            using Progress progress = new(report.ErrorOutput, report.IsTerminal, "reading trials", files.Count);
            campaign = new CampaignReader(wantsGrowth: Times != EntryTimes.None) { OnRead = progress.Advance }.Read(files, errors);
        }

        errors.TellRest();
        return campaign;
    }

    // Files before text, so that a reader of the text finds them.
    private void Write(DiffcovResult result, CommandReport report)
    {
        WriteFile(HtmlFile, () => DiffcovPage.Render(result, Colors));
        WriteFile(PlotFile, () => CoveragePlot.File(result.Bands!));
        JsonOutput.Write(JsonFile, report, json => DiffcovJson.Write(json, result));
        if (report.ErrorCount == 0 && !JsonOutput.ReplacesText(JsonFile))
        {
            report.Output.Write(Text(result));
        }
    }

    private string Text(DiffcovResult result) =>
        result.Statistics is { } statistics ? StatisticsTables.Render(statistics, Format)
        : result.Ranking is { } ranking ? RankingTable.Render(ranking, Format, Latex)
        : RelcovTable.Render(result.Relcov, Format, Latex);

    private static void WriteFile(string? file, Func<string> content)
    {
        if (file is not null)
        {
            AtomicFile.Write(file, Encoding.UTF8.GetBytes(content()));
        }
    }
}
