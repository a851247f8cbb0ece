using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Edgewise.Sancov.Symcov;

/// <summary>Writes <c>.symcov</c> as LLVM does, byte for byte: JSON of two spaces, files and functions sorted, without an end of the last line.</summary>
public static class SymcovWriter
{
    /// <summary>The content of the file.</summary>
    public static byte[] Write(SymbolizedCoverage coverage)
    {
        ArrayBufferWriter<byte> buffer = new();
        JsonWriterOptions options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter json = new(buffer, options))
        {
            json.WriteStartObject();
            json.WriteStartArray("covered-points");
            foreach (string id in coverage.CoveredPoints)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
            json.WriteString("binary-hash", coverage.BinaryHash);
            json.WriteStartObject("point-symbol-info");
            foreach (IGrouping<string, SymcovPoint> file in coverage.Points.GroupBy(static point => point.File).OrderBy(static file => file.Key, StringComparer.Ordinal))
            {
                WriteFile(json, file);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteFile(Utf8JsonWriter json, IGrouping<string, SymcovPoint> file)
    {
        json.WriteStartObject(file.Key);
        foreach (IGrouping<string, SymcovPoint> function in file.GroupBy(static point => point.Function).OrderBy(static function => function.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(function.Key);
            foreach (SymcovPoint point in function)
            {
                json.WriteString(point.Id, string.Create(CultureInfo.InvariantCulture, $"{point.Line}:{point.Column}"));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
