using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Edgewise.Runtime.Formats;

namespace Edgewise.Cli.Commands;

/// <summary>Writes what <c>--json FILE</c> asks for.</summary>
internal static class JsonOutput
{
    private const string StandardOutput = "-";

    /// <summary>Names of files are readable in any language; what could break out of HTML is none of a file's concern.</summary>
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True where results go to standard output as JSON, so that no text may go there.</summary>
    public static bool ReplacesText(string? file) => file == StandardOutput;

    /// <summary>Tells early where the file could not be written, before work that would be lost.</summary>
    /// <param name="file">The file; <c>-</c> is standard output, null is nowhere.</param>
    /// <param name="report">Receives the error.</param>
    /// <param name="option">The option that names the file.</param>
    public static void Check(string? file, CommandReport report, string option = "--json")
    {
        if (file is null or StandardOutput)
        {
            return;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? file;
        if (Directory.Exists(file) || !Directory.Exists(folder))
        {
            report.Error(Directory.Exists(file) ? $"{option} {file}: is a folder" : $"{option} {file}: there is no folder {folder}");
        }
    }

    /// <summary>Writes one JSON value.</summary>
    /// <param name="file">Where to; <c>-</c> is standard output, null is nowhere.</param>
    /// <param name="report">Gives standard output, and receives the error where the file cannot be written.</param>
    /// <param name="write">Writes the value.</param>
    public static void Write(string? file, CommandReport report, Action<Utf8JsonWriter> write)
    {
        if (file is null)
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            write(json);
        }

        buffer.Write("\n"u8);
        if (file == StandardOutput)
        {
            report.Output.Write(System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan));
            return;
        }

        try
        {
            AtomicFile.Write(file, buffer.WrittenSpan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report.Error($"--json {file}: cannot be written: {e.Message}");
        }
    }
}
