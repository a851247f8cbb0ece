using System.Text.Json;
using Edgewise.Report.Model;

namespace Edgewise.Report.Formats;

/// <summary>Writes a report as JSON, whole: modules, totals, files with functions and lines.</summary>
public static class JsonReportWriter
{
    private const int Version = 1;

    /// <summary>Writes a report as one JSON object.</summary>
    public static void Write(CoverageReport report, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteStartArray("modules");
        foreach (ReportModule module in report.Modules)
        {
            json.WriteStartObject();
            json.WriteString("name", module.Name);
            json.WriteString("identity", module.Identity);
            json.WriteNumber("points", module.Summary.EdgeCount);
            json.WriteNumber("coveredPoints", module.Summary.CoveredEdgeCount);
            json.WriteNumber("functions", module.Summary.FunctionCount);
            json.WriteNumber("coveredFunctions", module.Summary.CoveredFunctionCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTotals(json, report.Totals);
        json.WriteStartArray("files");
        foreach (ReportFile file in report.Files)
        {
            WriteFile(json, file);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, ReportFile file)
    {
        json.WriteStartObject();
        json.WriteString("name", file.Name);
        json.WriteBoolean("hasSource", file.HasSource);
        WriteTotals(json, file.Totals);
        json.WriteStartArray("functions");
        foreach (ReportFunction function in file.Functions)
        {
            json.WriteStartObject();
            json.WriteString("name", function.Name);
            json.WriteString("module", function.ModuleName);
            json.WriteNumber("line", function.Line);
            json.WriteNumber("points", function.PointCount);
            json.WriteNumber("coveredPoints", function.CoveredPointCount);
            WriteHits(json, function.Hits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("lines");
        foreach (ReportLine line in file.Lines)
        {
            json.WriteStartObject();
            json.WriteNumber("line", line.Number);
            json.WriteString("state", line.State.ToString().ToLowerInvariant());
            json.WriteNumber("points", line.PointCount);
            json.WriteNumber("coveredPoints", line.CoveredPointCount);
            WriteHits(json, line.Hits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHits(Utf8JsonWriter json, HitCount? hits)
    {
        if (hits is { } count)
        {
            json.WriteNumber("hits", count.Count);
            if (count.OrMore)
            {
                json.WriteBoolean("orMore", true);
            }
        }
    }

    private static void WriteTotals(Utf8JsonWriter json, CoverageTotals totals)
    {
        json.WriteStartObject("totals");
        json.WriteNumber("lines", totals.Lines);
        json.WriteNumber("coveredLines", totals.CoveredLines);
        json.WriteNumber("partlyCoveredLines", totals.PartlyCoveredLines);
        json.WriteNumber("functions", totals.Functions);
        json.WriteNumber("coveredFunctions", totals.CoveredFunctions);
        json.WriteNumber("points", totals.Points);
        json.WriteNumber("coveredPoints", totals.CoveredPoints);
        json.WriteEndObject();
    }
}
