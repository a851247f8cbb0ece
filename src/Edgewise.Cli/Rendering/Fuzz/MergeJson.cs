using System.Text.Json;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Tools;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>Results of <c>merge</c> and <c>cmin</c> as JSON.</summary>
internal static class MergeJson
{
    /// <summary>Writes what <c>cmin</c> chose.</summary>
    public static void Write(Utf8JsonWriter json, CorpusReductionResult result, string folder)
    {
        json.WriteStartObject();
        json.WriteString("folder", folder);
        json.WriteNumber("inputs", result.Inputs);
        json.WriteNumber("bytes", result.Bytes);
        json.WriteNumber("chosen", result.Chosen.Count);
        json.WriteNumber("chosenBytes", result.ChosenBytes);
        json.WriteNumber("features", result.Features);
        json.WriteNumber("points", result.Points);
        WriteFailures(json, result.Failures);
        json.WriteEndObject();
    }

    /// <summary>Writes what <c>merge</c> added.</summary>
    public static void Write(Utf8JsonWriter json, CorpusAdditionResult result, string folder)
    {
        json.WriteStartObject();
        json.WriteString("folder", folder);
        json.WriteNumber("added", result.Added.Count);
        json.WriteNumber("newFeatures", result.NewFeatures);
        json.WriteNumber("newPoints", result.NewPoints);
        json.WriteNumber("attempts", result.Attempts);
        WriteFailures(json, result.Failures);
        json.WriteEndObject();
    }

    private static void WriteFailures(Utf8JsonWriter json, IReadOnlyList<(string Path, Finding Finding)> failures)
    {
        json.WriteStartArray("failures");
        foreach ((string path, Finding finding) in failures)
        {
            json.WriteStartObject();
            json.WriteString("input", path);
            json.WriteString("signature", finding.Signature);
            json.WriteString("title", finding.Title);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
