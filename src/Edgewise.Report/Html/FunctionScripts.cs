using System.Text.Json;
using Edgewise.Report.Model;

namespace Edgewise.Report.Html;

/// <summary>Writes the functions of all files, in the order of files, in shards.</summary>
internal static class FunctionScripts
{
    /// <summary>Functions of a shard.</summary>
    public const int ShardSize = 2000;

    private const int Gained = 1, Lost = 2;

    /// <summary>How many shards there are.</summary>
    public static int ShardCount(CoverageReport report) => (report.Files.Sum(static file => file.Functions.Count) + ShardSize - 1) / ShardSize;

    /// <summary>Writes a shard: a row a function of name, file, line, points, covered points, hits (plus one; zero for unknown), whether hits may be more, change.</summary>
    public static void Write(Utf8JsonWriter json, CoverageReport report, ReportComparison? comparison, int shard)
    {
        int skip = shard * ShardSize, take = ShardSize;
        json.WriteStartArray();
        for (int file = 0; file < report.Files.Count && take > 0; file++)
        {
            IReadOnlyList<ReportFunction> functions = report.Files[file].Functions;
            if (skip >= functions.Count)
            {
                skip -= functions.Count;
                continue;
            }

            HashSet<ReportFunction> changed = comparison is null ? [] : [.. comparison.Of(report.Files[file]).Functions];
            for (; skip < functions.Count && take > 0; skip++, take--)
            {
                WriteFunction(json, functions[skip], file, !changed.Contains(functions[skip]) ? 0 : functions[skip].IsCovered ? Gained : Lost);
            }

            skip = 0;
        }

        json.WriteEndArray();
    }

    private static void WriteFunction(Utf8JsonWriter json, ReportFunction function, int file, int change)
    {
        json.WriteStartArray();
        json.WriteStringValue(function.Name);
        ScriptData.EndWithNumbers(
            json, file, function.Line, function.PointCount, function.CoveredPointCount,
            function.Hits is { } hits ? hits.Count + 1 : 0, function.Hits is { OrMore: true } ? 1 : 0, change);
    }
}
