using System.Text.Json;
using Edgewise.Showmap.Code;

namespace Edgewise.Cli.Rendering.Showmap;

/// <summary>Places of points as JSON.</summary>
internal static class CodeJson
{
    /// <summary>Writes each point with its method, file and line.</summary>
    public static void Symbolized(Utf8JsonWriter json, Trial trial, IReadOnlyList<PointPlace> places)
    {
        json.WriteStartArray();
        for (int i = 0; i < places.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("id", trial.Lines[i].Name);
            json.WriteNumber("count", trial.Lines[i].Count);
            WritePlace(json, places[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes what only one of two trials hit.</summary>
    public static void Differences(Utf8JsonWriter json, Trial first, Trial second, IReadOnlyList<TrialDifference> differences)
    {
        json.WriteStartObject();
        json.WriteString("first", first.Path);
        json.WriteString("second", second.Path);
        json.WriteStartArray("differences");
        foreach (TrialDifference difference in differences)
        {
            json.WriteStartObject();
            WritePlace(json, difference.Place);
            json.WriteNumber("first", difference.First);
            json.WriteNumber("second", difference.Second);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, PointPlace place)
    {
        json.WriteString("function", place.Function);
        json.WriteString("file", place.File);
        json.WriteNumber("line", place.Line);
    }
}
