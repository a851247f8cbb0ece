using System.Globalization;
using Edgewise.Sancov;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Edgewise.Cli.Rendering;

/// <summary>The table that ends a run: module, functions covered, edges covered, percent.</summary>
internal static class CoverageTable
{
    /// <summary>Draws the table, with a last row of sums where there are several modules. Pure: the same summaries give the same table.</summary>
    public static IRenderable Render(IReadOnlyList<CoverageSummary> summaries)
    {
        Table table = new() { Border = TableBorder.None, ShowHeaders = true };
        table.AddColumn(new TableColumn(new Text("module")) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        foreach (string heading in (ReadOnlySpan<string>)["functions covered", "edges covered", "percent"])
        {
            table.AddColumn(new TableColumn(new Text(heading)) { NoWrap = true, Alignment = Justify.Right, Padding = new Padding(0, 0, heading == "percent" ? 0 : 2, 0) });
        }

        foreach (CoverageSummary summary in summaries)
        {
            AddRow(table, summary, Style.Plain);
        }

        if (summaries.Count > 1)
        {
            AddRow(table, CoverageSummary.Total("total", summaries), new Style(decoration: Decoration.Bold));
        }

        return table;
    }

    /// <summary>Writes the table to a stream of the process.</summary>
    /// <param name="writer">Standard output or standard error.</param>
    /// <param name="isTerminal">True where a person sees it.</param>
    /// <param name="summaries">One a module.</param>
    public static void Write(TextWriter writer, bool isTerminal, IReadOnlyList<CoverageSummary> summaries) =>
        AnsiTerminal.Over(writer, isTerminal).Write(Render(summaries));

    private static void AddRow(Table table, CoverageSummary summary, Style style) => table.AddRow(
        new Text(TerminalText.Plain(summary.ModuleName), style),
        new Text(Counts(summary.CoveredFunctionCount, summary.FunctionCount), style),
        new Text(Counts(summary.CoveredEdgeCount, summary.EdgeCount), style),
        new Text(Percent.Of(summary.CoveredEdgeCount, summary.EdgeCount), style));

    private static string Counts(int covered, int all) => string.Create(CultureInfo.InvariantCulture, $"{covered} of {all}");
}
