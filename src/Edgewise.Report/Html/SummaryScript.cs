using System.Text.Json;
using Edgewise.Report.Model;

namespace Edgewise.Report.Html;

/// <summary>Writes what the overview shows: totals, modules, and a row of numbers a file.</summary>
internal static class SummaryScript
{
    public static void Write(Utf8JsonWriter json, CoverageReport report, ReportComparison? comparison, SiteOptions options)
    {
        json.WriteStartObject();
        json.WriteString("title", options.Title);
        json.WriteBoolean("live", options.IsLive);
        json.WriteBoolean("hits", report.HasHits);
        if (options.ComparedWith is { } other)
        {
            json.WriteString("comparedWith", other);
        }

        json.WriteNumber("shardSize", FunctionScripts.ShardSize);
        json.WriteNumber("chunkSize", SourceScripts.ChunkSize);
        ScriptData.WriteTexts(json, "notes", options.Notes);
        json.WriteStartArray("modules");
        foreach (ReportModule module in report.Modules)
        {
            json.WriteStartArray();
            json.WriteStringValue(module.Name);
            json.WriteStringValue(module.Identity);
            json.WriteNumberValue(module.Summary.EdgeCount);
            json.WriteNumberValue(module.Summary.CoveredEdgeCount);
            json.WriteNumberValue(module.Summary.FunctionCount);
            json.WriteNumberValue(module.Summary.CoveredFunctionCount);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        WriteFiles(json, report, comparison);
        json.WriteEndObject();
    }

    // Files are sorted by name, so those of one folder mostly follow each other: a folder is written once.
    private static void WriteFiles(Utf8JsonWriter json, CoverageReport report, ReportComparison? comparison)
    {
        Dictionary<string, int> folders = new(StringComparer.Ordinal);
        foreach (ReportFile file in report.Files)
        {
            folders.TryAdd(FolderOf(file.Name), folders.Count);
        }

        ScriptData.WriteTexts(json, "folders", folders.OrderBy(static folder => folder.Value).Select(static folder => folder.Key));
        json.WriteStartArray("files");
        foreach (ReportFile file in report.Files)
        {
            WriteFile(json, file, folders[FolderOf(file.Name)], comparison);
        }

        json.WriteEndArray();
    }

    private static string FolderOf(string name) => name[..(name.LastIndexOf('/') + 1)];

    private static void WriteFile(Utf8JsonWriter json, ReportFile file, int folder, ReportComparison? comparison)
    {
        CoverageTotals totals = file.Totals;
        FileChange change = comparison?.Of(file) ?? FileChange.None;
        json.WriteStartArray();
        json.WriteStringValue(file.Name[FolderOf(file.Name).Length..]);
        json.WriteNumberValue(folder);
        json.WriteNumberValue(file.HasSource ? 1 : 0);
        ScriptData.EndWithNumbers(
            json, totals.Lines, totals.CoveredLines, totals.PartlyCoveredLines, totals.Functions, totals.CoveredFunctions, totals.Points, totals.CoveredPoints,
            change.GainedLines(file), change.LostLines(file), change.Functions.Count(static function => function.IsCovered), change.Functions.Count(static function => !function.IsCovered));
    }
}
