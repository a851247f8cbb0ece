using System.Text.Json;
using Edgewise.Fuzzing.Tools;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>The result of <c>tmin</c> as JSON.</summary>
internal static class ReductionJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, string path, string output, ReductionResult result)
    {
        json.WriteStartObject();
        json.WriteString("input", path);
        json.WriteNumber("inputBytes", result.Input.Length);
        json.WriteString("output", output);
        json.WriteNumber("outputBytes", result.Smallest.Length);
        json.WriteString("signature", result.Finding?.Signature);
        json.WriteString("title", result.Finding?.Title);
        json.WriteNumber("points", result.Points);
        json.WriteNumber("runs", result.Runs);
        json.WriteNumber("processes", result.Processes);
        json.WriteBoolean("cutShort", result.WasCutShort);
        json.WriteEndObject();
    }
}
