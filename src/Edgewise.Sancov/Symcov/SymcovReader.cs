using System.Globalization;
using System.Text.Json;
using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Symcov;

/// <summary>Reads <c>.symcov</c>, of LLVM's tool or ours.</summary>
public static class SymcovReader
{
    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">All bytes.</param>
    /// <param name="path">Name for messages.</param>
    /// <exception cref="CoverageFormatException">The content is no <c>.symcov</c>; the message tells the line, or the member.</exception>
    public static SymbolizedCoverage Read(byte[] content, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            JsonElement root = document.RootElement;
            Expect(root, JsonValueKind.Object, path, "the whole");
            List<SymcovPoint> points = [];
            foreach (JsonProperty file in Member(root, "point-symbol-info", JsonValueKind.Object, path).EnumerateObject())
            {
                Expect(file.Value, JsonValueKind.Object, path, $"file '{file.Name}'");
                foreach (JsonProperty function in file.Value.EnumerateObject())
                {
                    Expect(function.Value, JsonValueKind.Object, path, $"function '{function.Name}'");
                    points.AddRange(function.Value.EnumerateObject().Select(point => Point(file.Name, function.Name, point, path)));
                }
            }

            string[] covered = [.. Member(root, "covered-points", JsonValueKind.Array, path).EnumerateArray().Select(id =>
            {
                Expect(id, JsonValueKind.String, path, "an element of covered-points");
                return id.GetString()!;
            })];
            string hash = Member(root, "binary-hash", JsonValueKind.String, path).GetString()!;
            return new SymbolizedCoverage(Path.GetFileName(path), hash, covered, points);
        }
        catch (JsonException e)
        {
            throw new CoverageFormatException($"{path}: .symcov, line {(e.LineNumber ?? 0) + 1}, byte {e.BytePositionInLine ?? 0}: this is no JSON: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            // The reader of .NET says so where a text is no UTF-8, or half a surrogate.
            throw new CoverageFormatException($"{path}: .symcov: a text that is no Unicode: {e.Message}");
        }
    }

    private static SymcovPoint Point(string file, string function, JsonProperty point, string path)
    {
        Expect(point.Value, JsonValueKind.String, path, $"point {point.Name}");
        string place = point.Value.GetString()!;
        int colon = place.IndexOf(':');
        return colon > 0
            && int.TryParse(place.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out int line)
            && int.TryParse(place.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int column)
            ? new SymcovPoint(point.Name, file, function, line, column)
            : throw new CoverageFormatException($"{path}: .symcov: point {point.Name} is at '{place}'; LINE:COLUMN expected");
    }

    private static JsonElement Member(JsonElement root, string name, JsonValueKind kind, string path)
    {
        if (!root.TryGetProperty(name, out JsonElement value))
        {
            throw new CoverageFormatException($"{path}: .symcov: there is no \"{name}\"");
        }

        Expect(value, kind, path, $"\"{name}\"");
        return value;
    }

    private static void Expect(JsonElement value, JsonValueKind kind, string path, string what)
    {
        if (value.ValueKind != kind)
        {
            throw new CoverageFormatException($"{path}: .symcov: {what} is a JSON {value.ValueKind}; {kind} expected");
        }
    }
}
