using System.Text;
using System.Text.Json;
using Edgewise.Sancov.Distill;

namespace Edgewise.Cli.Rendering;

/// <summary>What <c>sancov distill</c> prints. Pure functions.</summary>
internal static class DistillRendering
{
    /// <summary>A line a file of the runs that are kept.</summary>
    public static string Text(Distillation distillation)
    {
        StringBuilder text = new();
        foreach (string file in distillation.Kept.SelectMany(static run => run.Files))
        {
            text.Append(TerminalText.Plain(file)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The runs that are kept, with the counts.</summary>
    public static void Json(Utf8JsonWriter json, Distillation distillation)
    {
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("action", "distill");
        json.WriteNumber("runCount", distillation.RunCount);
        json.WriteNumber("covered", distillation.ElementCount);
        json.WriteStartArray("runs");
        foreach (CoverageRun run in distillation.Kept)
        {
            json.WriteStartObject();
            json.WriteStartArray("files");
            foreach (string file in run.Files)
            {
                json.WriteStringValue(file);
            }

            json.WriteEndArray();
            json.WriteNumber("covered", run.Elements.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
