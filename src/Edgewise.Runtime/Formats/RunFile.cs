using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Edgewise.Runtime.Formats;

/// <summary>Reads and writes <c>run.&lt;pid&gt;.json</c>.</summary>
public static class RunFile
{
    private const int Version = 1;

    // Readable paths; the file is never put into a page as it is.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a record under a temporary name first.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("tool", run.ToolVersion);
            json.WriteString("program", run.Program);
            json.WriteStartArray("arguments");
            foreach (string argument in run.Arguments)
            {
                json.WriteStringValue(argument);
            }

            json.WriteEndArray();
            json.WriteNumber("processId", run.ProcessId);
            WriteEnd(json, run.End);
            json.WriteStartArray("modules");
            foreach (RunModule module in run.Modules)
            {
                WriteModule(json, module);
            }

            json.WriteEndArray();
            WriteFiles(json, run);
            json.WriteEndObject();
        }

        AtomicFile.Write(path, buffer.WrittenSpan);
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="CoverageFormatException">It is not one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static RunRecord Read(string path)
    {
        byte[] content = File.ReadAllBytes(path);
        try
        {
            using var document = JsonDocument.Parse(content);
            JsonElement root = document.RootElement;
            int version = root.GetProperty("version").GetInt32();
            return version == Version
                ? ReadRecord(root)
                : throw new CoverageFormatException($"{path}: version {version}; this program reads version {Version}");
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CoverageFormatException($"{path}: not the record of a run: {failure.Message}", failure);
        }
    }

    private static void WriteEnd(Utf8JsonWriter json, RunEnd end)
    {
        json.WriteStartObject("end");
        json.WriteString("kind", end.Kind.ToString());
        json.WriteNumber("number", end.Number);
        if (end.Detail is not null)
        {
            json.WriteString("detail", end.Detail);
        }

        json.WriteEndObject();
    }

    private static void WriteModule(Utf8JsonWriter json, RunModule module)
    {
        json.WriteStartObject();
        json.WriteString("name", module.Name);
        json.WriteString("path", module.Path);
        json.WriteString("sha256", module.OriginalHash);
        json.WriteNumber("points", module.PointCount);
        json.WriteNumber("covered", module.CoveredCount);
        json.WriteString("sancovFile", module.SancovFile);
        json.WriteString("pointsFile", module.PointsFile);
        json.WriteEndObject();
    }

    // Absent in files of versions that wrote no others, and where there are none.
    private static void WriteFiles(Utf8JsonWriter json, RunRecord run)
    {
        if (run.Files.Count > 0)
        {
            json.WriteStartArray("files");
            foreach (string file in run.Files)
            {
                json.WriteStringValue(file);
            }

            json.WriteEndArray();
        }

        if (run.LostEventCount > 0)
        {
            json.WriteNumber("lostEvents", run.LostEventCount);
        }
    }

    private static RunRecord ReadRecord(JsonElement root)
    {
        JsonElement end = root.GetProperty("end");
        return new RunRecord
        {
            ToolVersion = Text(root, "tool"),
            Program = Text(root, "program"),
            Arguments = [.. root.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString() ?? string.Empty)],
            ProcessId = root.GetProperty("processId").GetInt32(),
            End = new RunEnd(
                Enum.TryParse(Text(end, "kind"), out RunEndKind kind) ? kind : RunEndKind.Unknown,
                end.GetProperty("number").GetInt32(),
                end.TryGetProperty("detail", out JsonElement detail) ? detail.GetString() : null),
            Modules = [.. root.GetProperty("modules").EnumerateArray().Select(ReadModule)],
            Files = root.TryGetProperty("files", out JsonElement files)
                ? [.. files.EnumerateArray().Select(file => file.GetString() ?? throw new FormatException("a name in \"files\" is null"))]
                : [],
            LostEventCount = root.TryGetProperty("lostEvents", out JsonElement lost) ? lost.GetInt64() : 0,
        };
    }

    private static RunModule ReadModule(JsonElement module) => new(
        Text(module, "name"),
        Text(module, "path"),
        Text(module, "sha256"),
        module.GetProperty("points").GetInt32(),
        module.GetProperty("covered").GetInt32(),
        module.GetProperty("sancovFile").GetString(),
        Text(module, "pointsFile"));

    private static string Text(JsonElement parent, string name) =>
        parent.GetProperty(name).GetString() ?? throw new FormatException($"\"{name}\" is null");
}
