using System.Text;
using Edgewise.Showmap.Differential;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Relative coverage of all approaches by all, a row for each that is measured and a column for each it is measured by.</summary>
/// <remarks>Plain text and csv are, byte for byte, what differential-coverage 1.0.4 prints.</remarks>
internal static class RelcovTable
{
    private const string Corner = "approach";
    private const int NumberWidth = 10, PlainDigits = 5, Digits = 3;

    /// <summary>Draws the table.</summary>
    public static string Render(RelativeCoverage relcov, DiffcovFormat format, LatexStyle style) => format switch
    {
        DiffcovFormat.Csv => Csv(relcov),
        DiffcovFormat.Latex => Latex(relcov, style),
        _ => Plain(relcov),
    };

    private static string Plain(RelativeCoverage relcov)
    {
        string[] names = [.. relcov.Names.Select(TerminalText.Plain)];
        int width = names.Append(Corner).Max(TextColumns.Width);
        StringBuilder text = new();
        text.Left(Corner, width);
        foreach (string name in names)
        {
            text.Right(name, NumberWidth);
        }

        text.Append('\n');
        for (int row = 0; row < names.Length; row++)
        {
            text.Left(names[row], width);
            for (int column = 0; column < names.Length; column++)
            {
                text.Right(DecimalText.Of(relcov[row, column], PlainDigits), NumberWidth);
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Csv(RelativeCoverage relcov)
    {
        StringBuilder text = new StringBuilder().Row([Corner, .. relcov.Names]);
        for (int row = 0; row < relcov.Names.Count; row++)
        {
            text.Row([relcov.Names[row], .. Row(relcov, row, static value => DecimalText.Of(value, Digits))]);
        }

        return text.ToString();
    }

    private static string Latex(RelativeCoverage relcov, LatexStyle style)
    {
        Func<double?, string?> color = style.ColorsOf(relcov.Values);
        StringBuilder text = new();
        if (style.HeaderDegrees is { } degrees)
        {
            text.Append($@"\newcommand*\rotcol[1]{{\rotatebox[origin=l]{{{DecimalText.Of(degrees, 0)}}}{{#1}}}}").Append('\n');
        }

        IEnumerable<string> headers = relcov.Names.Select(name => style.HeaderDegrees is null ? LatexText.Escape(name) : $@"\rotcol{{{LatexText.Escape(name)}}}");
        text.Append(@"\begin{tabular}{l").Append('r', relcov.Names.Count).Append("}\n\t").AppendJoin(" & ", headers.Prepend("")).Append(" \\\\\n\\hline\n");
        for (int row = 0; row < relcov.Names.Count; row++)
        {
            IEnumerable<string> cells = Row(relcov, row, value => LatexText.Cell(DecimalText.Of(value, Digits), color(value)));
            text.Append('\t').AppendJoin(" & ", cells.Prepend(LatexText.Escape(relcov.Names[row]))).Append(" \\\\\n");
        }

        return text.Append("\\end{tabular}\n").ToString();
    }

    private static IEnumerable<string> Row(RelativeCoverage relcov, int row, Func<double?, string> cell) =>
        Enumerable.Range(0, relcov.Names.Count).Select(column => cell(relcov[row, column]));
}
