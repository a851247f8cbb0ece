using System.Globalization;
using System.Text;
using System.Xml;
using Edgewise.Report.Model;

namespace Edgewise.Report.Formats;

/// <summary>Writes Cobertura's XML, which ReportGenerator and many services read: a package a folder, a class a file.</summary>
/// <remarks>
/// The form is that of <c>coverage-04.dtd</c>. Points of a line with several of them are its branches. Lines whose state is only implied are left out,
/// and so are functions without debug information.
/// </remarks>
public static class CoberturaWriter
{
    private const string Dtd = "http://cobertura.sourceforge.net/xml/coverage-04.dtd";

    // Without the mark of byte order: behind it, in a pipe, not all parsers find the declaration.
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n", CloseOutput = false };

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">Takes UTF-8; it stays open.</param>
    /// <param name="time">When the report was made.</param>
    public static void Write(CoverageReport report, Stream output, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(report);
        using XmlWriter xml = XmlWriter.Create(output, Settings);
        ReportFile[] files = [.. report.Files.Where(static file => file.HasSource)];
        BranchCount branches = BranchCount.Of(files.SelectMany(static file => file.Lines));
        xml.WriteStartDocument();
        xml.WriteDocType("coverage", null, Dtd, null);
        xml.WriteStartElement("coverage");
        WriteRates(xml, report.Totals, branches);
        xml.WriteAttributeString("lines-covered", Number(report.Totals.CoveredLines + report.Totals.PartlyCoveredLines));
        xml.WriteAttributeString("lines-valid", Number(report.Totals.Lines));
        xml.WriteAttributeString("branches-covered", Number(branches.Covered));
        xml.WriteAttributeString("branches-valid", Number(branches.All));
        xml.WriteAttributeString("complexity", "0");
        xml.WriteAttributeString("version", "edgewise");
        xml.WriteAttributeString("timestamp", Number(time.ToUnixTimeSeconds()));
        xml.WriteStartElement("sources");
        xml.WriteElementString("source", Array.TrueForAll(files, static file => file.Name.StartsWith('/')) ? "/" : ".");
        xml.WriteEndElement();
        xml.WriteStartElement("packages");
        foreach (IGrouping<string, ReportFile> folder in files.GroupBy(static file => FolderOf(file.Name)))
        {
            WritePackage(xml, folder.Key, [.. folder]);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndDocument();
        xml.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void WritePackage(XmlWriter xml, string folder, ReportFile[] files)
    {
        xml.WriteStartElement("package");
        xml.WriteAttributeString("name", PlainText.Of(folder));
        CoverageTotals totals = files.Aggregate(default(CoverageTotals), static (sum, file) => sum + file.Totals);
        WriteRates(xml, totals, BranchCount.Of(files.SelectMany(static file => file.Lines)));
        xml.WriteAttributeString("complexity", "0");
        xml.WriteStartElement("classes");
        foreach (ReportFile file in files)
        {
            xml.WriteStartElement("class");
            xml.WriteAttributeString("name", PlainText.Of(file.Name[(file.Name.LastIndexOf('/') + 1)..]));
            xml.WriteAttributeString("filename", PlainText.Of(file.Name));
            WriteRates(xml, file.Totals, BranchCount.Of(file.Lines));
            xml.WriteAttributeString("complexity", "0");
            WriteMethods(xml, file);
            WriteLines(xml, file.Lines);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // A function has the lines from its own to the next function's.
    private static void WriteMethods(XmlWriter xml, ReportFile file)
    {
        xml.WriteStartElement("methods");
        int next = 0;
        for (int i = 0; i < file.Functions.Count; i++)
        {
            ReportFunction function = file.Functions[i];
            int end = i + 1 < file.Functions.Count ? file.Functions[i + 1].Line : int.MaxValue;
            int start = next;
            while (next < file.Lines.Count && file.Lines[next].Number < end)
            {
                next++;
            }

            ReportLine[] lines = [.. file.Lines.Skip(start).Take(next - start).Where(line => line.Number >= function.Line)];
            xml.WriteStartElement("method");
            xml.WriteAttributeString("name", PlainText.Of(function.Name));
            xml.WriteAttributeString("signature", "");
            WriteRates(xml, CoverageTotals.Of([], lines, 0, 0), BranchCount.Of(lines));
            xml.WriteAttributeString("complexity", "0");
            WriteLines(xml, lines);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteLines(XmlWriter xml, IEnumerable<ReportLine> lines)
    {
        xml.WriteStartElement("lines");
        foreach (ReportLine line in lines.Where(static line => line.State != LineState.Implied))
        {
            xml.WriteStartElement("line");
            xml.WriteAttributeString("number", Number(line.Number));
            xml.WriteAttributeString("hits", Number(LineCounts.HitsOf(line)));
            xml.WriteAttributeString("branch", line.PointCount > 1 ? "true" : "false");
            if (line.PointCount > 1)
            {
                int covered = LineCounts.CoveredBranches(line);
                xml.WriteAttributeString("condition-coverage", string.Create(CultureInfo.InvariantCulture, $"{100 * covered / line.PointCount}% ({covered}/{line.PointCount})"));
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteRates(XmlWriter xml, CoverageTotals totals, BranchCount branches)
    {
        xml.WriteAttributeString("line-rate", Rate(totals.CoveredLines + totals.PartlyCoveredLines, totals.Lines));
        xml.WriteAttributeString("branch-rate", Rate(branches.Covered, branches.All));
    }

    private static string Rate(int part, int all) => (all == 0 ? 1 : (double)part / all).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string FolderOf(string name) => name.LastIndexOf('/') is > 0 and int end ? name[..end] : "/";

    private readonly record struct BranchCount(int All, int Covered)
    {
        public static BranchCount Of(IEnumerable<ReportLine> lines) => lines
            .Where(static line => line.PointCount > 1 && line.State != LineState.Implied)
            .Aggregate(default(BranchCount), static (sum, line) => new BranchCount(sum.All + line.PointCount, sum.Covered + LineCounts.CoveredBranches(line)));
    }
}
