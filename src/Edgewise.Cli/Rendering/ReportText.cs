using System.Globalization;
using Edgewise.Report.Model;

namespace Edgewise.Cli.Rendering;

/// <summary>What <c>edgewise report</c> says of a report that it wrote.</summary>
internal static class ReportText
{
    /// <summary>The totals, a line each, and where the page is. Pure: the same report gives the same text.</summary>
    public static string Of(CoverageReport report, string page)
    {
        CoverageTotals totals = report.Totals;
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        if (totals.Lines > 0)
        {
            int ran = totals.CoveredLines + totals.PartlyCoveredLines;
            text.WriteLine($"lines      {Percent.Of(ran, totals.Lines),5}%  {ran} of {totals.Lines}{(totals.PartlyCoveredLines > 0 ? string.Create(CultureInfo.InvariantCulture, $", {totals.PartlyCoveredLines} of them partly") : "")}");
        }

        text.WriteLine($"functions  {Percent.Of(totals.CoveredFunctions, totals.Functions),5}%  {totals.CoveredFunctions} of {totals.Functions}");
        text.WriteLine($"points     {Percent.Of(totals.CoveredPoints, totals.Points),5}%  {totals.CoveredPoints} of {totals.Points}");
        text.WriteLine($"page       {TerminalText.Plain(page)}");
        return text.ToString();
    }
}
