using System.Text;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Draws rankings. Plain text and csv of relscores are, byte for byte, what differential-coverage 1.0.4 prints.</summary>
internal static class RankingTable
{
    private const string Approach = "approach", Reference = "reference";

    /// <summary>Draws a ranking.</summary>
    public static string Render(Ranking ranking, DiffcovFormat format, LatexStyle style) => format switch
    {
        DiffcovFormat.Csv => Csv(ranking),
        DiffcovFormat.Latex => Latex(ranking, style),
        _ => string.Concat(ranking.Rows.Select(row => $"{TerminalText.Plain(Label(row.Name, row.Reference))}: {DecimalText.Of(row.Value, ranking.PlainDigits)}\n")),
    };

    private static string Label(string name, string? reference) => reference is null ? name : $"{name} over {reference}";

    private static string Csv(Ranking ranking)
    {
        StringBuilder text = new StringBuilder().Row(Cells(Approach, HasReference(ranking) ? Reference : null, ranking.Quantity));
        foreach ((string name, string? reference, double? value) in ranking.Rows)
        {
            text.Row(Cells(name, reference, DecimalText.Of(value, ranking.Digits)));
        }

        return text.ToString();
    }

    private static string Latex(Ranking ranking, LatexStyle style)
    {
        Func<double?, string?> color = style.ColorsOf(ranking.Rows.Select(static row => row.Value));
        StringBuilder text = new();
        text.Append($@"\begin{{tabular}}{{{(HasReference(ranking) ? "llr" : "lr")}}}").Append('\n');
        text.AppendJoin(" & ", Cells(Approach, HasReference(ranking) ? Reference : null, ranking.Quantity)).Append(" \\\\\n\\hline\n");
        foreach ((string name, string? reference, double? value) in ranking.Rows)
        {
            string number = LatexText.Cell(DecimalText.Of(value, ranking.Digits), color(value));
            text.AppendJoin(" & ", Cells(LatexText.Escape(name), reference is null ? null : LatexText.Escape(reference), number)).Append(" \\\\\n");
        }

        return text.Append("\\end{tabular}\n").ToString();
    }

    private static bool HasReference(Ranking ranking) => ranking.Quantity == "performance";

    private static string[] Cells(string name, string? reference, string value) => reference is null ? [name, value] : [name, reference, value];
}
