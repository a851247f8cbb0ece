using System.Text.Json;
using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Entries;

/// <summary>Reads corpus entries as <c>forge test</c> writes them: an array of calls, as JSON, gzipped where the name ends in <c>.gz</c>.</summary>
public static class EvmSequenceFile
{
    /// <summary>Bytes of JSON that a file may have, unpacked: 64 MiB.</summary>
    public const int LargestFile = 64 << 20;

    private const int LargestDepth = 8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ShowmapException">It cannot be read, is too large, or is no sequence of calls; the message names file, call and field.</exception>
    public static IReadOnlyList<EvmTransaction> Read(string path)
    {
        return Parse(ReadContent(path), path);
    }

    /// <summary>Reads JSON.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ShowmapException">It is no sequence of calls; the message names call and field.</exception>
    public static IReadOnlyList<EvmTransaction> Parse(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = LargestDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                throw new ShowmapException($"{name}: expected an array of calls, found {Kind(document.RootElement)}");
            }

            return [.. document.RootElement.EnumerateArray().Select((call, index) => ReadCall(call, $"{name}: call {index}"))];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // The second is for text whose escapes are no UTF-16.
            throw new ShowmapException($"{name}: not JSON: {failure.Message}", failure);
        }
    }

    /// <summary>Reads the JSON of a file, unpacked.</summary>
    /// <exception cref="ShowmapException">It cannot be read, or is too large.</exception>
    internal static byte[] ReadContent(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new EntryReader(LargestFile).Read(new ReplayEntry(path, path, EntryKind.Sequence), out string? problem) ?? throw new ShowmapException($"{path}: the entry cannot be read: {problem}");
    }

    private static EvmTransaction ReadCall(JsonElement call, string place)
    {
        if (call.ValueKind != JsonValueKind.Object)
        {
            throw new ShowmapException($"{place}: expected an object, found {Kind(call)}");
        }

        EvmWord? sender = null, target = null, value = null, warp = null, roll = null;
        byte[]? calldata = null;
        foreach (JsonProperty field in call.EnumerateObject())
        {
            string where = $"{place}, field '{Printable(field.Name)}'";
            switch (field.Name)
            {
                case "sender": Once(ref sender, Address(field.Value, where), where); break;
                case "target": Once(ref target, Address(field.Value, where), where); break;
                case "value": Once(ref value, Number(field.Value, where), where); break;
                case "warp": Once(ref warp, Number(field.Value, where), where); break;
                case "roll": Once(ref roll, Number(field.Value, where), where); break;
                case "calldata":
                    calldata = calldata is null ? Bytes(field.Value, where) : throw new ShowmapException($"{where}: is there twice");
                    break;
                default:
                    throw new ShowmapException($"{where}: unknown; expected sender, target, calldata, value, warp, roll");
            }
        }

        return new(
            sender ?? throw Missing(place, "sender"), target ?? throw Missing(place, "target"), calldata ?? throw Missing(place, "calldata"), value ?? default, warp ?? default, roll ?? default);
    }

    private static void Once(ref EvmWord? field, EvmWord value, string where) => field = field is null ? value : throw new ShowmapException($"{where}: is there twice");

    private static ShowmapException Missing(string place, string field) => new($"{place}: field '{field}' is missing");

    private static EvmWord Address(JsonElement value, string where) =>
        Text(value) is { Length: 42 } text && EvmWord.TryParse(text, out EvmWord address) ? address : throw Expected(where, "an address, 0x and 40 hexadecimal digits", value);

    private static byte[] Bytes(JsonElement value, string where)
    {
        string? text = Text(value);
        if (text is null || !text.StartsWith("0x", StringComparison.Ordinal) || text.Length % 2 != 0 || text.AsSpan(2).ContainsAnyExcept(HexDigits))
        {
            throw Expected(where, "bytes, 0x and pairs of hexadecimal digits", value);
        }

        return Convert.FromHexString(text.AsSpan(2));
    }

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    // Forge leaves absent numbers out, or writes null.
    private static EvmWord Number(JsonElement value, string where) => value.ValueKind switch
    {
        JsonValueKind.Null => EvmWord.Zero,
        JsonValueKind.Number when value.TryGetUInt64(out ulong number) => number,
        JsonValueKind.String when EvmWord.TryParse(value.GetString(), out EvmWord word) => word,
        _ => throw Expected(where, "a number, 0x and up to 64 hexadecimal digits", value),
    };

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ShowmapException Expected(string where, string what, JsonElement value) => new($"{where}: expected {what}, found {Kind(value)}");

    private static string Kind(JsonElement value)
    {
        const int Shown = 50;
        string text = Printable(value.GetRawText());
        return text.Length <= Shown ? text : text[..Shown] + "…";
    }

    // Names and values come from a file: nothing of them may steer a terminal.
    private static string Printable(string text) => string.Concat(text.Select(static character => char.IsControl(character) ? '.' : character));
}
