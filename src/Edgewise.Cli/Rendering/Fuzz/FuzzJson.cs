using System.Text.Json;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Cli.Rendering.Fuzz;

/// <summary>A campaign as JSON.</summary>
internal static class FuzzJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, FuzzSettings settings, FuzzResult result)
    {
        json.WriteStartObject();
        json.WriteString("target", settings.TargetPath);
        json.WriteString("method", settings.Method);
        json.WriteString("assemblies", settings.Assemblies);
        json.WriteNumber("seed", settings.Campaign.Seed);
        json.WriteNumber("exitCode", result.ExitCode);
        json.WriteNumber("seconds", Math.Round(result.Elapsed.TotalSeconds, 3));
        json.WriteNumber("processes", result.Processes);
        json.WriteBoolean("interrupted", result.WasInterrupted);
        json.WriteString("error", result.Error);
        if (result.Status is { } status)
        {
            json.WriteNumber("executions", status.Executions);
            json.WriteNumber("compareExecutions", status.CompareExecutions);
            json.WriteNumber("rejections", status.Rejections);
            json.WriteNumber("crashes", status.Crashes);
            json.WriteNumber("meanLength", Math.Round(status.MeanLength, 1));
            json.WriteNumber("points", status.Points);
            json.WriteNumber("coveredPoints", status.Covered);
            json.WriteNumber("unstablePoints", status.Unstable);
            json.WriteNumber("features", status.Features);
            json.WriteNumber("entries", status.Entries);
        }

        json.WriteStartArray("findings");
        for (int i = 0; i < result.Findings.Count; i++)
        {
            Write(json, result.Findings[i], result.Artifacts[i]);
        }

        json.WriteEndArray();
        json.WriteStartArray("words");
        foreach (RecommendedWord word in result.Words)
        {
            json.WriteStartObject();
            json.WriteBase64String("bytes", [.. word.Bytes]);
            json.WriteNumber("uses", word.Uses);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding, string artifact)
    {
        json.WriteStartObject();
        json.WriteString("kind", finding.Kind.ToString());
        json.WriteString("signature", finding.Signature);
        json.WriteString("title", finding.Title);
        json.WriteString("details", finding.Details);
        json.WriteNumber("execution", finding.Execution);
        json.WriteBoolean("flaky", finding.IsFlaky);
        json.WriteString("artifact", artifact);
        json.WriteBase64String("input", finding.Input);
        if (finding.Minimized is { } shortest)
        {
            json.WriteBase64String("minimized", shortest);
        }

        json.WriteEndObject();
    }
}
