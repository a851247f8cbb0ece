using System.Globalization;
using System.Text.Json;
using Edgewise.Kernel.Collection;
using Edgewise.Kernel.Device;
using Edgewise.Kernel.Modes;
using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Cli.Commands.Kcov;

/// <summary>What <c>edgewise kcov run --json</c> writes. Addresses and operands are text in hex: many readers of JSON have no numbers of 64 bits.</summary>
internal static class KcovJson
{
    private const int Version = 1;

    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, KcovResult result, KcovPlaces places)
    {
        KernelRecord record = result.Record;
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("command", "kcov run");
        json.WriteStartArray("program");
        foreach (string word in result.Program)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
        json.WriteNumber("exitCode", result.ExitCode);
        json.WriteString("kernel", result.Kernel.Release);
        json.WriteString("buildId", result.Names.BuildId);
        json.WriteString("mode", KernelModesText.NameOf(record.Modes));
        json.WriteNumber("modeNumber", (int)record.Modes);
        json.WriteString("uniqueBy", NameOf(record.UniqueMaker));
        json.WriteNumber("words", record.Words);
        json.WriteNumber("capacity", record.Capacity);
        json.WriteNumber("events", record.Events);
        json.WriteBoolean("overflow", record.IsFull);
        json.WriteNumber("runs", record.Runs);
        WriteAddresses(json, "pcs", record.Pcs);
        json.WriteStartArray("edges");
        foreach (KernelEdge edge in record.Edges)
        {
            json.WriteStartObject();
            json.WriteString("from", Hex(edge.From));
            json.WriteString("to", Hex(edge.To));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteAddresses(json, "edgeWords", record.EdgeWords);
        json.WriteStartArray("compares");
        foreach (KcovCompare compare in record.Compares)
        {
            json.WriteStartObject();
            json.WriteString("pc", Hex(compare.Pc));
            json.WriteNumber("size", compare.Size);
            json.WriteBoolean("constant", compare.HasConstant);
            json.WriteString("first", Hex(compare.First));
            json.WriteString("second", Hex(compare.Second));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteAddresses(json, "signal", record.Signal);
        json.WriteStartArray("reached");
        foreach (ulong pc in record.ReachedPcs)
        {
            WritePlace(json, pc, places.Frames.GetValueOrDefault(pc));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Who left out what was recorded before, as a word.</summary>
    private static string NameOf(UniqueMaker maker) => maker switch
    {
        UniqueMaker.UserSpace => "user space",
        UniqueMaker.KernelModes => "kernel, unique modes",
        UniqueMaker.KernelBitmap => "kernel, bitmap",
        _ => "nobody",
    };

    private static void WritePlace(Utf8JsonWriter json, ulong pc, Frame[]? frames)
    {
        json.WriteStartObject();
        json.WriteString("pc", Hex(pc));
        if (frames is not null)
        {
            json.WriteStartArray("frames");
            foreach (Frame frame in frames)
            {
                json.WriteStartObject();
                json.WriteString("function", frame.Function);
                if (frame.Location is { } location)
                {
                    json.WriteString("file", location.File);
                    json.WriteNumber("line", location.Line);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteAddresses(Utf8JsonWriter json, string name, ulong[] addresses)
    {
        json.WriteStartArray(name);
        foreach (ulong address in addresses)
        {
            json.WriteStringValue(Hex(address));
        }

        json.WriteEndArray();
    }

    private static string Hex(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);
}
