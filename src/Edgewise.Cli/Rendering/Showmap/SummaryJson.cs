using System.Text.Json;
using Edgewise.Showmap.Replay;

namespace Edgewise.Cli.Rendering.Showmap;

/// <summary>How a replay went, as JSON.</summary>
internal static class SummaryJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, ShowmapSummary summary)
    {
        json.WriteStartObject();
        json.WriteNumber("exitCode", summary.ExitCode);
        json.WriteString("path", summary.Path);
        json.WriteString("manifest", summary.ManifestPath);
        json.WriteNumber("seconds", Math.Round(summary.Elapsed.TotalSeconds, 3));
        json.WriteStartObject("domains");
        foreach (DomainFigures domain in summary.Domains)
        {
            json.WriteStartObject(domain.Domain);
            json.WriteBoolean("requested", domain.IsRequested);
            json.WriteBoolean("observed", domain.Covered > 0);
            json.WriteNumber("modules", domain.Modules);
            json.WriteNumber("points", domain.Points);
            json.WriteNumber("covered", domain.Covered);
            json.WriteNumber("unstable", domain.Unstable);
            json.WriteNumber("files", domain.Files);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("entries");
        json.WriteNumber("total", summary.Result.Entries.Count);
        foreach (EntryFate fate in Enum.GetValues<EntryFate>())
        {
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(fate.ToString()), summary.Result.Count(fate));
        }

        json.WriteNumber("answered", summary.Result.Entries.Count(entry => entry.Outcome is { Fate: EntryFate.Accepted, Answered: > 0 }));
        json.WriteNumber("rejectedCalls", summary.Result.Entries.Sum(entry => entry.Outcome.Rejected));
        json.WriteNumber("saturated", summary.Saturated);
        json.WriteEndObject();
        json.WriteStartArray("others");
        foreach (ReplayedEntry entry in summary.Result.Entries.Where(entry => entry.Outcome.Fate != EntryFate.Accepted))
        {
            json.WriteStartObject();
            json.WriteString("name", entry.Entry.Name);
            json.WriteString("fate", entry.Outcome.Fate.ToString());
            json.WriteString("reason", entry.Outcome.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
