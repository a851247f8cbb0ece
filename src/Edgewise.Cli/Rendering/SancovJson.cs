using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Native;

namespace Edgewise.Cli.Rendering;

/// <summary>The JSON of the actions of <c>sancov</c>; its shape stands in <c>docs/sancov.md</c>. Pure functions.</summary>
internal static class SancovJson
{
    private const int Version = 1;

    /// <summary>PCs by module.</summary>
    /// <param name="action">The action's name.</param>
    /// <param name="modules">PCs, ascending, by module name.</param>
    public static byte[] Pcs(string action, IReadOnlyList<(string ModuleName, ulong[] Pcs)> modules) =>
        Document(action, modules, static (json, module) =>
        {
            json.WriteString("module", module.ModuleName);
            json.WriteStartArray("pcs");
            foreach (ulong pc in module.Pcs)
            {
                json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"0x{pc:x}"));
            }

            json.WriteEndArray();
        });

    /// <summary>Counts by module.</summary>
    public static byte[] Stats(IReadOnlyList<ICoveredModule> modules) => Document("stats", modules, WriteSummary);

    /// <summary>Counts and functions by module.</summary>
    /// <param name="action">The action's name.</param>
    /// <param name="modules">Each module with the functions to list.</param>
    public static byte[] Functions(string action, IReadOnlyList<(ICoveredModule Module, IReadOnlyList<FunctionCoverage> Functions)> modules) =>
        Document(action, modules, static (json, module) =>
        {
            WriteSummary(json, module.Module);
            json.WriteStartArray("functions");
            foreach (FunctionCoverage function in module.Functions)
            {
                WriteFunction(json, function);
            }

            json.WriteEndArray();
        });

    private static byte[] Document<T>(string action, IReadOnlyList<T> modules, Action<Utf8JsonWriter, T> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        JsonWriterOptions options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter json = new(buffer, options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("action", action);
            json.WriteStartArray("modules");
            foreach (T module in modules)
            {
                json.WriteStartObject();
                write(json, module);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteSummary(Utf8JsonWriter json, ICoveredModule module)
    {
        CoverageSummary summary = module.Summary;
        json.WriteString("module", summary.ModuleName);
        if (module is ModuleCoverage { Points: var points })
        {
            json.WriteString("originalHash", Convert.ToHexStringLower(points.OriginalHash));
            json.WriteString("level", points.Level.ToString().ToLowerInvariant());
            json.WriteString("pruning", points.Pruning.ToString().ToLowerInvariant());
        }
        else if (module is SymbolizedModule { Coverage.Points.File.BuildId: { } buildId })
        {
            json.WriteString("buildId", buildId);
        }

        json.WriteNumber("edges", summary.EdgeCount);
        json.WriteNumber("coveredEdges", summary.CoveredEdgeCount);
        json.WriteNumber("functionCount", summary.FunctionCount);
        json.WriteNumber("coveredFunctionCount", summary.CoveredFunctionCount);
        json.WriteNumber("excludedEdges", summary.ExcludedEdgeCount);
        json.WriteNumber("excludedFunctionCount", summary.ExcludedFunctionCount);
    }

    private static void WriteFunction(Utf8JsonWriter json, FunctionCoverage function)
    {
        json.WriteStartObject();
        json.WriteString("name", function.Name);
        if (function.Token != 0)
        {
            json.WriteString("token", string.Create(CultureInfo.InvariantCulture, $"0x{function.Token:x8}"));
        }

        json.WriteString(function.Token != 0 ? "rva" : "address", string.Create(CultureInfo.InvariantCulture, $"0x{function.Address:x}"));
        if (function.Location is { } location)
        {
            json.WriteString("file", location.File);
            json.WriteNumber("line", location.Line);
        }

        json.WriteNumber("edges", function.PointCount);
        json.WriteNumber("coveredEdges", function.CoveredPointCount);
        json.WriteEndObject();
    }
}
