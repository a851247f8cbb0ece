using System.Text.Json;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;

namespace Edgewise.Cli.Commands.Run;

/// <summary>What <c>edgewise run --json</c> writes.</summary>
internal static class RunJson
{
    private const int Version = 1;

    /// <summary>Writes one object with a list of modules.</summary>
    public static void Write(Utf8JsonWriter json, RunRecord record, string folder, int exitCode, IReadOnlyList<CoverageSummary> summaries)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("command", "run");
        json.WriteString("program", record.Program);
        json.WriteNumber("processId", record.ProcessId);
        json.WriteNumber("exitCode", exitCode);
        json.WriteString("coverageDirectory", Path.GetFullPath(folder));
        json.WriteStartArray("modules");
        foreach (CoverageSummary summary in summaries)
        {
            Write(json, summary, record.Modules.First(m => m.Name == summary.ModuleName));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CoverageSummary summary, RunModule module)
    {
        json.WriteStartObject();
        json.WriteString("name", module.Name);
        json.WriteString("path", module.Path);
        json.WriteString("sha256", module.OriginalHash);
        json.WriteNumber("functions", summary.FunctionCount);
        json.WriteNumber("coveredFunctions", summary.CoveredFunctionCount);
        json.WriteNumber("edges", summary.EdgeCount);
        json.WriteNumber("coveredEdges", summary.CoveredEdgeCount);
        json.WriteNumber("percent", Math.Round(summary.EdgePercent, 2));
        json.WriteString("sancovFile", module.SancovFile);
        json.WriteString("pointsFile", module.PointsFile);
        json.WriteEndObject();
    }
}
