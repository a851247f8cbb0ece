using System.Globalization;
using System.Text.Json;
using Edgewise.Sancov.Compares;

namespace Edgewise.Cli.Rendering;

/// <summary>Text and JSON of <c>sancov compares</c>; their shapes stand in <c>docs/sancov.md</c>. Pure functions.</summary>
internal static class ComparesRendering
{
    /// <summary>Per file a line <c>FILE:LINE KIND VALUES</c> a site; where the line is unknown, <c>MODULE:0xRVA</c>.</summary>
    public static string Text(IReadOnlyList<LocatedCompares> files) => LegacyText.Sections(files, static file => file.Path, static (text, file) =>
    {
        foreach (LocatedCompare located in file.Compares)
        {
            text.Append(TerminalText.Plain(Place(located))).Append(' ').Append(TerminalText.Plain(located.Compare.Text)).Append('\n');
        }
    });

    /// <summary>The compares by file.</summary>
    public static void Json(Utf8JsonWriter json, IEnumerable<LocatedCompares> files) => LegacyJson.Document(json, "compares", files, static (json, file) =>
    {
        json.WriteString("file", file.Path);
        json.WriteStartArray("compares");
        foreach (LocatedCompare located in file.Compares)
        {
            json.WriteStartObject();
            Write(json, located);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, in LocatedCompare located)
    {
        RecordedCompare compare = located.Compare;
        json.WriteString("module", compare.Module);
        json.WriteString("pc", string.Create(CultureInfo.InvariantCulture, $"0x{compare.Pc:x}"));
        if (located.Function is { } function)
        {
            json.WriteString("function", function);
        }

        if (located.Location is { } location)
        {
            json.WriteString("file", location.File);
            json.WriteNumber("line", location.Line);
        }

        json.WriteString("kind", compare.Kind);
        json.WriteNumber("width", compare.Width);
        json.WriteStartArray("values");
        foreach (string value in compare.Values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static string Place(in LocatedCompare located) => located.Location is { } location
        ? string.Create(CultureInfo.InvariantCulture, $"{location.File}:{location.Line}")
        : string.Create(CultureInfo.InvariantCulture, $"{located.Compare.Module}:0x{located.Compare.Pc:x}");
}
