using System.Globalization;
using Edgewise.Report.Model;

namespace Edgewise.Report.Formats;

/// <summary>Writes lcov's tracefile, which <c>genhtml</c> and many services read.</summary>
/// <remarks>
/// The format is that of <c>geninfo(1)</c>. A line that ran has the count that a counter tells, else 1. Points of a line with several of them are its branches.
/// Lines whose state is only implied are left out, and so are functions without debug information.
/// </remarks>
public static class LcovWriter
{
    /// <summary>Writes a report.</summary>
    public static void Write(CoverageReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        foreach (ReportFile file in report.Files.Where(static file => file.HasSource))
        {
            Line(output, $"TN:\nSF:{PlainText.Of(file.Name)}");
            WriteFunctions(file, output);
            WriteLines(file, output);
            Line(output, $"end_of_record");
        }
    }

    // The format tells functions apart by name alone; a second one of a name gets its line behind it.
    private static void WriteFunctions(ReportFile file, TextWriter output)
    {
        HashSet<string> names = [];
        List<(string Name, ReportFunction Function)> functions = [];
        foreach (ReportFunction function in file.Functions)
        {
            string name = PlainText.Of(function.Name);
            for (int copy = 1; !names.Add(name); copy++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{PlainText.Of(function.Name)} [{(copy == 1 ? function.ModuleName : copy)}]");
            }

            functions.Add((name, function));
            Line(output, $"FN:{Math.Max(function.Line, 1)},{name}");
        }

        foreach ((string name, ReportFunction function) in functions)
        {
            Line(output, $"FNDA:{CountOf(function)},{name}");
        }

        Line(output, $"FNF:{functions.Count}\nFNH:{functions.Count(static entry => entry.Function.IsCovered)}");
    }

    private static void WriteLines(ReportFile file, TextWriter output)
    {
        int branches = 0, taken = 0;
        foreach (ReportLine line in file.Lines.Where(static line => line.PointCount > 1 && line.State != LineState.Implied))
        {
            int covered = LineCounts.CoveredBranches(line);
            for (int branch = 0; branch < line.PointCount; branch++)
            {
                Line(output, $"BRDA:{line.Number},0,{branch},{(line.State == LineState.Uncovered ? "-" : branch < covered ? "1" : "0")}");
            }

            branches += line.PointCount;
            taken += covered;
        }

        Line(output, $"BRF:{branches}\nBRH:{taken}");
        foreach (ReportLine line in file.Lines.Where(static line => line.State != LineState.Implied))
        {
            Line(output, $"DA:{line.Number},{LineCounts.HitsOf(line)}");
        }

        Line(output, $"LF:{file.Totals.Lines}\nLH:{file.Totals.CoveredLines + file.Totals.PartlyCoveredLines}");
    }

    private static long CountOf(ReportFunction function) => !function.IsCovered ? 0 : Math.Max(function.Hits?.Count ?? 1, 1);

    private static void Line(TextWriter output, FormattableString text) => output.Write(text.ToString(CultureInfo.InvariantCulture) + "\n");
}
