using System.Globalization;
using System.Text.Json;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Legacy;

namespace Edgewise.Cli.Rendering;

/// <summary>The JSON of the actions of <c>sancov</c> that read the formats of 2016; its shape stands in <c>docs/sancov.md</c>.</summary>
internal static class LegacyJson
{
    private const int Version = 1;

    /// <summary>A digit a point by file.</summary>
    public static void Bitsets(Utf8JsonWriter json, IEnumerable<LegacyBitset> files) => Document(json, "bitset", files, static (json, file) =>
    {
        json.WriteString("file", file.Path);
        json.WriteNumber("points", file.Bits.Length);
        json.WriteNumber("covered", file.CoveredCount);
        json.WriteString("bits", string.Concat(file.Bits.Select(static bit => bit ? '1' : '0')));
    });

    /// <summary>The class of each point by file.</summary>
    public static void Counters(Utf8JsonWriter json, IEnumerable<LegacyCounters> files) => Document(json, "counters", files, static (json, file) =>
    {
        json.WriteString("file", file.Path);
        json.WriteNumber("points", file.Classes.Length);
        json.WriteNumber("covered", file.CoveredCount);
        json.WriteStartArray("classes");
        foreach (byte bits in file.Classes)
        {
            json.WriteNumberValue(bits);
        }

        json.WriteEndArray();
    });

    /// <summary>The pairs by file.</summary>
    public static void Calls(Utf8JsonWriter json, IEnumerable<LegacyCalls> files) => Document(json, "callers", files, static (json, file) =>
    {
        json.WriteString("file", file.Path);
        json.WriteStartArray("pairs");
        foreach (CallPair pair in file.Pairs)
        {
            json.WriteStartObject();
            WritePlace(json, "caller", pair.Caller);
            WritePlace(json, "callee", pair.Callee);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Points, units and events by file.</summary>
    public static void Traces(Utf8JsonWriter json, IEnumerable<LegacyTrace> files) => Document(json, "trace", files, static (json, file) =>
    {
        json.WriteString("file", file.Path);
        json.WriteStartArray("units");
        foreach (string unit in file.Units)
        {
            json.WriteStringValue(unit);
        }

        json.WriteEndArray();
        json.WriteStartArray("points");
        foreach (CodePlace point in file.Points)
        {
            json.WriteStartObject();
            json.WriteString("module", point.Module);
            json.WriteString("offset", Hex(point.Offset));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("events");
        foreach (int point in file.Events)
        {
            json.WriteNumberValue(point);
        }

        json.WriteEndArray();
    });

    /// <summary>The files that were written.</summary>
    public static void Written(Utf8JsonWriter json, string action, IEnumerable<string> paths) =>
        Document(json, action, paths, static (json, path) => json.WriteString("file", path));

    private static void WritePlace(Utf8JsonWriter json, string name, CodePlace place)
    {
        json.WriteStartObject(name);
        json.WriteString("module", place.Module);
        json.WriteString("offset", Hex(place.Offset));
        json.WriteEndObject();
    }

    private static string Hex(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");

    /// <summary>An action's document: an array of files, each written by a function.</summary>
    public static void Document<T>(Utf8JsonWriter json, string action, IEnumerable<T> files, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("action", action);
        json.WriteStartArray("files");
        foreach (T file in files)
        {
            json.WriteStartObject();
            write(json, file);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
