using System.Globalization;
using System.Net;
using System.Text;
using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.Statistics;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Draws a campaign as one page that needs nothing else: scores, the heat map of relative coverage and, of <c>stats</c>, intervals, pairs and coverage over time.</summary>
/// <remarks>It has no script. Names come from files, and are written as text.</remarks>
internal static class DiffcovPage
{
    private const int Digits = 3, ScoreDigits = 2, GradientSteps = 16, LongestLabel = 30;
    private const double Significant = 0.05;

    private const string Style = """
        :root { color-scheme: light; --page: #ffffff; --panel: #f6f8fa; --line: #d9dee4; --text: #1f2328; --dim: #57606a; --bar: #0a58b0; --more: 26,112,49; --less: 176,42,42; }
        @media (prefers-color-scheme: dark) {
          :root { color-scheme: dark; --page: #14181d; --panel: #1b2027; --line: #313943; --text: #dfe5ec; --dim: #9ba7b4; --bar: #7db7ff; --more: 76,184,105; --less: 240,122,118; }
        }
        body { margin: 0 auto; padding: 24px; max-width: 1560px; background: var(--page); color: var(--text);
          font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
        h1 { font-size: 22px; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 16px; margin: 32px 0 6px; }
        p { color: var(--dim); margin: 0 0 10px; max-width: 90ch; }
        .scroll { overflow-x: auto; } .plot { display: block; max-width: 1100px; }
        table { border-collapse: separate; border-spacing: 0; }
        th { font-weight: 500; text-align: left; }
        td, th { padding: 3px 8px; white-space: nowrap; } td { text-align: right; }
        tbody th, thead th:first-child { position: sticky; left: 0; background: var(--page); max-width: 260px; overflow: hidden; text-overflow: ellipsis; z-index: 1; }
        .map td { padding: 5px 6px; min-width: 44px; text-align: center; border: 1px solid var(--page); font-size: 12.5px; }
        .map td.own { outline: 2px solid var(--text); outline-offset: -3px; } .map td.none { color: var(--dim); background: var(--panel); }
        .map td.certain { font-weight: 700; text-decoration: underline; }
        .map thead th:not(:first-child) { vertical-align: bottom; text-align: center; padding: 4px 2px; }
        .map thead th:not(:first-child) span { display: inline-block; writing-mode: vertical-rl; transform: rotate(180deg); max-height: 250px; overflow: hidden; text-overflow: ellipsis; }
        .rows tbody tr:hover, .rows tbody tr:hover th { background: var(--panel); }
        .rows thead th:not(:first-child) { text-align: right; color: var(--dim); }
        .track { position: relative; width: 320px; min-width: 160px; height: 12px; }
        .track i { position: absolute; top: 2px; bottom: 2px; background: var(--bar); border-radius: 2px; min-width: 1px; }
        .track i.range { opacity: .35; } .track i.mark { width: 3px; top: 0; bottom: 0; }
        .scale { display: flex; align-items: center; gap: 8px; color: var(--dim); margin: 10px 0 0; } .scale i { width: 14px; height: 12px; } .scale span { display: flex; }
        """;

    /// <summary>The page.</summary>
    public static string Render(DiffcovResult result, ColorMap colors)
    {
        string title = $"Differential coverage: {Name(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(result.Folder))))}";
        Campaign campaign = result.Campaign;
        StringBuilder page = new();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        page.Append($"<title>{title}</title>\n<style>\n{Style}\n{CoveragePlot.Style}\n</style>\n</head>\n<body>\n<h1>{title}</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Counted(campaign.Approaches.Count, "approach", "approaches")}, {Counted(campaign.TrialCount, "trial", "trials")}, {Counted(campaign.EdgeCount, "edge", "edges")} covered by any of them.</p>\n");
        AddScores(page, result);
        AddRelcov(page, result, colors);
        if (result.Statistics is { } statistics)
        {
            AddIntervals(page, statistics);
            AddPairs(page, statistics);
        }

        if (result.Bands is { } bands)
        {
            page.Append("<h2>Coverage over time</h2>\n<p>Line: median of the trials. Band: the middle half of them. A trial keeps what it covered last.</p>\n");
            page.Append("<div class=\"scroll\">").Append(CoveragePlot.Inline(bands)).Append("</div>\n");
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void AddScores(StringBuilder page, DiffcovResult result)
    {
        Ranking ranking = Ranking.OfScores(result.Scores);
        double most = Math.Max(ranking.Rows.Max(static row => row.Value) ?? 0, double.Epsilon);
        page.Append("<h2>relscore</h2>\n<p>Each edge counts as much as there are approaches that never cover it, and as often as trials cover it. Reliability is which part of all that it ever covers an approach covers in one trial.</p>\n");
        page.Append("<div class=\"scroll\"><table class=\"rows\">\n<thead><tr><th>approach</th><th>relscore</th><th></th><th>reliability</th><th>trials</th><th>edges of any trial</th><th>of every trial</th></tr></thead>\n<tbody>\n");
        foreach ((string name, _, double? score) in ranking.Rows)
        {
            int number = result.Relcov.Names.ToList().IndexOf(name);
            Approach approach = result.Campaign.Approaches[number];
            page.Append($"<tr>{Header(name)}<td>{DecimalText.Of(score, ScoreDigits)}</td><td><div class=\"track\"><i style=\"left:0;width:{Percent((score ?? 0) / most)}\"></i></div></td>");
            page.Append(CultureInfo.InvariantCulture, $"<td>{DecimalText.Of(result.Relcov[number, number], Digits)}</td><td>{approach.Trials.Count}</td><td>{approach.Union.Count:#,0}</td><td>{approach.Intersection.Count:#,0}</td></tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void AddRelcov(StringBuilder page, DiffcovResult result, ColorMap colors)
    {
        RelativeCoverage relcov = result.Relcov;
        double[] numbers = [.. relcov.Values.OfType<double>()];
        double least = numbers.DefaultIfEmpty().Min(), most = numbers.DefaultIfEmpty().Max();
        string values = result.Values.ToString().ToLowerInvariant(), set = result.Collection == CollectionReducer.Union ? "any trial" : "every trial";
        page.Append($"<h2>relcov</h2>\n<p>Row: the approach that is measured, by the {values} of its trials. Column: whose edges count, those of {set}. Framed: reliability, an approach by its own edges.</p>\n");
        page.Append("<div class=\"scroll\"><table class=\"map\">\n");
        AddHeaders(page, relcov.Names);
        for (int row = 0; row < relcov.Names.Count; row++)
        {
            page.Append($"<tr>{Header(relcov.Names[row])}");
            for (int column = 0; column < relcov.Names.Count; column++)
            {
                string own = row == column ? " own" : "", tip = $"{Name(relcov.Names[row])} by {Name(relcov.Names[column])}";
                page.Append(relcov[row, column] is { } value
                    ? $"<td class=\"cell{own}\" {Filled(colors.At(most <= least ? 0.5 : (value - least) / (most - least)))} title=\"{tip}: {DecimalText.Of(value, 5)}\">{DecimalText.Of(value, Digits)}</td>"
                    : $"<td class=\"none{own}\" title=\"{tip}: there are no edges to be a part of\">{DecimalText.NotAvailable}</td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
        IEnumerable<string> steps = Enumerable.Range(0, GradientSteps).Select(i => $"<i {Filled(colors.At(i / (GradientSteps - 1.0)))}></i>");
        page.Append($"<div class=\"scale\">{DecimalText.Of(least, Digits)}<span>{string.Concat(steps)}</span>{DecimalText.Of(most, Digits)}</div>\n");
    }

    private static void AddIntervals(StringBuilder page, CampaignStatistics statistics)
    {
        StatisticsOptions options = statistics.Options;
        int digits = options.Measure == TrialMeasure.Relcov ? 4 : 1;
        double least = statistics.Approaches.Min(static approach => approach.Values.Min()), most = statistics.Approaches.Max(static approach => approach.Values.Max());
        double Place(double value) => most <= least ? 0.5 : (value - least) / (most - least);
        page.Append(CultureInfo.InvariantCulture, $"<h2>Intervals</h2>\n<p>Measured: {Encode(StatisticsTables.Measure(options))}. The mark is the {StatisticsTables.Estimate(options)}, the bar its {options.Confidence:0.####%} interval (BCa, {options.Resamples:#,0} resamples, seed {options.Seed}). The scale reaches from {DecimalText.Of(least, digits)} to {DecimalText.Of(most, digits)}, the least and the most of any trial.</p>\n");
        page.Append($"<div class=\"scroll\"><table class=\"rows\">\n<thead><tr><th>approach</th><th>trials</th><th>{StatisticsTables.Estimate(options)}</th><th>low</th><th>high</th><th></th></tr></thead>\n<tbody>\n");
        foreach (ApproachSummary approach in statistics.Approaches)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr>{Header(approach.Name)}<td>{approach.Values.Count}</td><td>{DecimalText.Of(approach.Estimate, digits)}</td><td>{DecimalText.Of(approach.Interval?.Low, digits)}</td><td>{DecimalText.Of(approach.Interval?.High, digits)}</td><td><div class=\"track\">");
            if (approach.Interval is { } interval)
            {
                page.Append($"<i class=\"range\" style=\"left:{Percent(Place(interval.Low))};width:{Percent(Place(interval.High) - Place(interval.Low))}\"></i>");
            }

            page.Append($"<i class=\"mark\" style=\"left:calc({Percent(Place(approach.Estimate))} - 1px)\"></i></div></td></tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void AddPairs(StringBuilder page, CampaignStatistics statistics)
    {
        if (statistics.Comparisons.Count == 0)
        {
            return;
        }

        Dictionary<(int, int), ApproachComparison> pairs = statistics.Comparisons.ToDictionary(static pair => (pair.First, pair.Second));
        string[] names = [.. statistics.Approaches.Select(static approach => approach.Name)];
        page.Append($"<h2>Â12</h2>\n<p>How likely a trial of the row measures more than one of the column; a tie is half. Green: more, red: less. Bold and underlined: the difference is significant (Mann–Whitney U, Holm-adjusted p &lt; {Significant.ToString(CultureInfo.InvariantCulture)}); the p-values stand in the tip of a cell.</p>\n");
        page.Append("<div class=\"scroll\"><table class=\"map\">\n");
        AddHeaders(page, names);
        for (int row = 0; row < names.Length; row++)
        {
            page.Append($"<tr>{Header(names[row])}");
            for (int column = 0; column < names.Length; column++)
            {
                page.Append(row == column ? "<td class=\"none\"></td>" : Pair(names, row, column, row < column ? pairs[(row, column)] : pairs[(column, row)]));
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static string Pair(string[] names, int row, int column, ApproachComparison pair)
    {
        double a12 = row == pair.First ? pair.A12 : 1 - pair.A12;
        string tip = $"{TerminalText.Plain(names[row])} to {TerminalText.Plain(names[column])}: A12 {DecimalText.Of(a12, 4)} ({VarghaDelaney.Magnitude(a12)}), p {StatisticsTables.Probability(pair.Test.P)}, Holm {StatisticsTables.Probability(pair.AdjustedP)}";
        string strength = DecimalText.Of(Math.Abs(a12 - 0.5), 3), certain = pair.AdjustedP < Significant ? " class=\"certain\"" : "";
        return $"<td{certain} style=\"background:rgba(var(--{(a12 >= 0.5 ? "more" : "less")}),{strength})\" title=\"{Encode(tip)}\">{DecimalText.Of(a12, 2)}</td>";
    }

    private static void AddHeaders(StringBuilder page, IReadOnlyList<string> names)
    {
        page.Append("<thead><tr><th></th>");
        foreach (string name in names)
        {
            page.Append($"<th scope=\"col\" title=\"{Name(name)}\"><span>{Label(name)}</span></th>");
        }

        page.Append("</tr></thead>\n<tbody>\n");
    }

    private static string Header(string name) => $"<th scope=\"row\" title=\"{Name(name)}\">{Label(name)}</th>";

    private static string Filled((double, double, double) color) => $"style=\"background:#{ColorMap.Hex(color)};color:#{(ColorMap.WantsBlackText(color) ? "000" : "fff")}\"";

    private static string Percent(double part) => $"{DecimalText.Of(Math.Clamp(part, 0, 1) * 100, 2)}%";

    private static string Name(string text) => Encode(TerminalText.Plain(text));

    private static string Label(string text) => Encode(TextColumns.Shortened(TerminalText.Plain(text), LongestLabel));

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Counted(int count, string one, string several) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : several)}");
}
