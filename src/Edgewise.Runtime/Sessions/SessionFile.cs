using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Sessions;

/// <summary>
/// The files of traced threads: <c>kcov.PID.N.bin</c>, what kcov's memory would show of thread N, without the zeros at the end; and <c>kcov.PID.json</c>, which says what they
/// are of: mode, words of an area, accounts, and the numbers of the modules that PCs lie in.
/// </summary>
public static class SessionFile
{
    private const int Version = 1;

    /// <summary>Name of the file of a thread.</summary>
    public static string BufferName(int process, int thread) => string.Create(CultureInfo.InvariantCulture, $"kcov.{process}.{thread}.bin");

    /// <summary>Name of the file that describes the others.</summary>
    public static string IndexName(int process) => string.Create(CultureInfo.InvariantCulture, $"kcov.{process}.json");

    /// <summary>Writes the files of a process.</summary>
    /// <exception cref="IOException">One cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be written.</exception>
    internal static void Write(string folder, int process, IReadOnlyList<(int Thread, string Name, TraceSnapshot Trace)> traces)
    {
        Directory.CreateDirectory(folder);
        foreach ((int thread, _, TraceSnapshot trace) in traces)
        {
            ReadOnlySpan<byte> buffer = MemoryMarshal.AsBytes<ulong>(trace.ToBuffer());
            AtomicFile.Write(Path.Combine(folder, BufferName(process, thread)), buffer[..((buffer.LastIndexOfAnyExcept((byte)0) + sizeof(ulong)) & -sizeof(ulong))]);
        }

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = true }))
        {
            WriteIndex(writer, process, traces);
        }

        AtomicFile.Write(Path.Combine(folder, IndexName(process)), json.WrittenSpan);
    }

    private static void WriteIndex(Utf8JsonWriter json, int process, IReadOnlyList<(int Thread, string Name, TraceSnapshot Trace)> traces)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteNumber("processId", process);
        json.WriteNumber("mode", (int)traces[0].Trace.Modes);
        json.WriteNumber("words", traces[0].Trace.Words);
        json.WriteStartArray("threads");
        foreach ((int thread, string name, TraceSnapshot trace) in traces)
        {
            json.WriteStartObject();
            json.WriteString("file", BufferName(process, thread));
            json.WriteString("name", name);
            WriteAccount(json, "points", trace.PcAccount);
            WriteAccount(json, "edges", trace.EdgeAccount);
            WriteAccount(json, "compares", trace.CompareAccount);
            json.WriteNumber("reentrant", trace.Reentrant);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("modules");
        foreach (CoverageModule module in Coverage.Modules)
        {
            json.WriteStartObject();
            json.WriteNumber("number", module.Number);
            json.WriteString("name", module.Name);
            json.WriteString("path", module.OriginalPath.Length > 0 ? module.OriginalPath : module.Path);
            json.WriteString("identity", module.Identity.ToString("x16", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter json, string name, TraceAccount account)
    {
        json.WriteStartObject(name);
        json.WriteNumber("events", account.Events);
        json.WriteNumber("recorded", account.Recorded);
        json.WriteNumber("lost", account.Lost);
        json.WriteNumber("lostUnique", account.LostUnique);
        json.WriteNumber("highWater", account.HighWater);
        json.WriteEndObject();
    }
}
