using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Edgewise.Report.Html;

/// <summary>Writes data as a script, for a page that is opened from a file may load scripts and nothing else.</summary>
/// <remarks>What could end a script or begin markup is escaped, and so are control characters.</remarks>
internal static class ScriptData
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>A script that hands one JSON value to the page.</summary>
    /// <param name="name">What the page asked for.</param>
    /// <param name="write">Writes the value.</param>
    public static byte[] Of(string name, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        buffer.Write(Encoding.UTF8.GetBytes($"edgewise(\"{JavaScriptEncoder.Default.Encode(name)}\","));
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            write(json);
        }

        buffer.Write(");\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Ends an array with numbers, without the zeros behind the last other one.</summary>
    public static void EndWithNumbers(Utf8JsonWriter json, params ReadOnlySpan<long> numbers)
    {
        foreach (long number in numbers.TrimEnd(0))
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an array of texts.</summary>
    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
