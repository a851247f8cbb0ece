using System.Globalization;
using System.Text;
using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.Statistics;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Draws what can be said of approaches, seeing how their trials scatter: intervals, and each pair compared.</summary>
internal static class StatisticsTables
{
    private const string Approach = "approach", Other = "other";
    private const int NumberWidth = 12, Gap = 2, PlainDigits = 4, Digits = 6;
    private const double LeastShown = 0.0001;

    /// <summary>Draws both tables; csv has one, of statistics by approach and pair.</summary>
    public static string Render(CampaignStatistics statistics, DiffcovFormat format) => format switch
    {
        DiffcovFormat.Csv => Csv(statistics),
        DiffcovFormat.Latex => Latex(statistics),
        _ => Plain(statistics),
    };

    /// <summary>What the numbers of trials are.</summary>
    public static string Measure(StatisticsOptions options) => options.Measure switch
    {
        TrialMeasure.Edges => "edges covered by a trial",
        TrialMeasure.Relscore => "relscore of a trial",
        _ => $"part of {options.Reference}'s edges that a trial covers",
    };

    /// <summary>What is made of the trials of an approach.</summary>
    public static string Estimate(StatisticsOptions options) => options.Values == ValueReducer.Average ? "average" : "median";

    private static string Plain(CampaignStatistics statistics)
    {
        StatisticsOptions options = statistics.Options;
        string[] names = [.. statistics.Approaches.Select(static approach => TerminalText.Plain(approach.Name))];
        int width = names.Append(Approach).Max(TextColumns.Width) + Gap;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{TerminalText.Plain(Measure(options))}; intervals: BCa, {options.Confidence:0.####%}, {options.Resamples} resamples, seed {options.Seed}\n\n");
        text.Left(Approach, width).Cells(["trials", Estimate(options), "low", "high"]);
        for (int i = 0; i < names.Length; i++)
        {
            ApproachSummary approach = statistics.Approaches[i];
            text.Left(names[i], width).Cells([Count(approach), Number(approach.Estimate), Number(approach.Interval?.Low), Number(approach.Interval?.High)]);
        }

        if (statistics.Comparisons.Count == 0)
        {
            return text.ToString();
        }

        text.Append('\n').Left(Approach, width).Left(Other, width).Cells(["U", "p", "p (Holm)", "A12"], "effect");
        foreach (ApproachComparison pair in statistics.Comparisons)
        {
            text.Left(names[pair.First], width).Left(names[pair.Second], width).Cells(
                [Short(pair.Test.U), Probability(pair.Test.P), Probability(pair.AdjustedP), DecimalText.Of(pair.A12, PlainDigits)],
                VarghaDelaney.Magnitude(pair.A12));
        }

        int exact = statistics.Comparisons.Count(static pair => pair.Test.IsExact);
        text.Append(CultureInfo.InvariantCulture, $"\np: Mann-Whitney U, two-sided; exact for {exact} of {statistics.Comparisons.Count} pairs, else the normal approximation with corrections for ties and continuity\n");
        return text.Append("A12: how likely a trial of approach has more than one of other\n").ToString();

        string Number(double? value) => DecimalText.Of(value, options.Measure == TrialMeasure.Relcov ? Digits : 2);
    }

    private static void Cells(this StringBuilder line, IEnumerable<string> cells, string? last = null)
    {
        foreach (string cell in cells)
        {
            line.Right(cell, NumberWidth);
        }

        line.Append(last is null ? "" : $"  {last}").Append('\n');
    }

    private static string Csv(CampaignStatistics statistics)
    {
        StringBuilder text = new StringBuilder().Row([Approach, Other, "statistic", "value"]);
        foreach (ApproachSummary approach in statistics.Approaches)
        {
            Row(approach.Name, "", "trials", Count(approach));
            Row(approach.Name, "", Estimate(statistics.Options), DecimalText.Of(approach.Estimate, Digits));
            Row(approach.Name, "", "low", DecimalText.Of(approach.Interval?.Low, Digits));
            Row(approach.Name, "", "high", DecimalText.Of(approach.Interval?.High, Digits));
        }

        foreach (ApproachComparison pair in statistics.Comparisons)
        {
            (string first, string second) = (statistics.Approaches[pair.First].Name, statistics.Approaches[pair.Second].Name);
            Row(first, second, "u", Short(pair.Test.U));
            Row(first, second, "z", DecimalText.Of(pair.Test.Z, Digits));
            Row(first, second, "p", Scientific(pair.Test.P));
            Row(first, second, "p_holm", Scientific(pair.AdjustedP));
            Row(first, second, "a12", DecimalText.Of(pair.A12, Digits));
        }

        return text.ToString();

        void Row(string approach, string other, string statistic, string value) => text.Row([approach, other, statistic, value]);
    }

    private static string Latex(CampaignStatistics statistics)
    {
        string[] names = [.. statistics.Approaches.Select(static approach => LatexText.Escape(approach.Name))];
        StringBuilder text = new();
        text.Append($"\\begin{{tabular}}{{lrrrr}}\n{Approach} & trials & {Estimate(statistics.Options)} & low & high \\\\\n\\hline\n");
        for (int i = 0; i < names.Length; i++)
        {
            ApproachSummary approach = statistics.Approaches[i];
            text.Append($"{names[i]} & {Count(approach)} & {Number(approach.Estimate)} & {Number(approach.Interval?.Low)} & {Number(approach.Interval?.High)} \\\\\n");
        }

        text.Append($"\\end{{tabular}}\n\n\\begin{{tabular}}{{llrrrr}}\n{Approach} & {Other} & $U$ & $p$ & $p$ (Holm) & $\\hat{{A}}_{{12}}$ \\\\\n\\hline\n");
        foreach (ApproachComparison pair in statistics.Comparisons)
        {
            text.Append($"{names[pair.First]} & {names[pair.Second]} & {Short(pair.Test.U)} & {Probability(pair.Test.P)} & {Probability(pair.AdjustedP)} & {Number(pair.A12)} \\\\\n");
        }

        return text.Append("\\end{tabular}\n").ToString();

        static string Number(double? value) => DecimalText.Of(value, PlainDigits);
    }

    private static string Count(ApproachSummary approach) => approach.Values.Count.ToString(CultureInfo.InvariantCulture);

    // U is a multiple of a half.
    private static string Short(double u) => u.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A p-value for people.</summary>
    public static string Probability(double p) => p < LeastShown ? "<0.0001" : DecimalText.Of(p, PlainDigits);

    private static string Scientific(double p) => p.ToString("0.######E+00", CultureInfo.InvariantCulture);
}
