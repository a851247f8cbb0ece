using System.Text.Json;
using Edgewise.Instrumentation;

namespace Edgewise.Cli.Commands.Instrument;

/// <summary>What <c>edgewise instrument --json</c> writes.</summary>
internal static class InstrumentJson
{
    private const int Version = 1;

    /// <summary>Writes one object with a list of modules.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<InstrumentedFile> files, string outputFolder)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("command", "instrument");
        json.WriteStartArray("modules");
        foreach (InstrumentedFile file in files)
        {
            Write(json, file, outputFolder);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, InstrumentedFile file, string outputFolder)
    {
        InstrumentationResult result = file.Result;
        json.WriteStartObject();
        json.WriteString("name", file.Name);
        json.WriteString("input", Path.GetFullPath(file.Input.Path));
        json.WriteString("output", Path.GetFullPath(Path.Combine(outputFolder, file.Name)));
        json.WriteString("sha256", Convert.ToHexStringLower(result.Points.OriginalHash));
        json.WriteNumber("methods", result.MethodCount);
        json.WriteNumber("points", result.Points.PointCount);
        json.WriteNumber("sites", result.Points.Sites.Length);
        json.WriteNumber("ignored", result.IgnoredCount);
        json.WriteNumber("milliseconds", Math.Round(file.Milliseconds, 1));
        json.WriteStartArray("leftOut");
        foreach (MethodLeftOut method in result.LeftOut)
        {
            json.WriteStartObject();
            json.WriteString("id", method.Id);
            json.WriteString("token", $"0x{method.Token:x8}");
            json.WriteString("name", method.Name);
            json.WriteString("reason", method.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("features");
        foreach (FeatureSites sites in result.Sites)
        {
            json.WriteStartObject();
            json.WriteString("name", sites.Feature);
            json.WriteNumber("traced", sites.Traced);
            json.WriteNumber("notTraced", sites.NotTraced);
            json.WriteNumber("redundant", sites.Redundant);
            json.WriteStartObject("unknown");
            foreach ((string reason, int count) in sites.Skipped)
            {
                json.WriteNumber(reason, count);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("warnings");
        foreach (string warning in result.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
