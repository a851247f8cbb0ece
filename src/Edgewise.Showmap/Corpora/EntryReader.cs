using System.IO.Compression;
using System.Text.Json;
using Edgewise.Showmap.Platform;

namespace Edgewise.Showmap.Corpora;

/// <summary>Reads the calls of an entry.</summary>
/// <param name="largest">Bytes that an entry may have, unpacked: a packed one may be made to have any number.</param>
public sealed class EntryReader(int largest)
{
    /// <summary>The usual limit.</summary>
    public const int UsualLargest = 64 << 20;

    private const int Piece = 1 << 16;
    private const int Mebibyte = 1 << 20;

    /// <summary>Reads the content, unpacked.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="problem">Why it cannot be read; null if it can.</param>
    /// <returns>The content; null if it cannot be read.</returns>
    public byte[]? Read(ReplayEntry entry, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(entry);
        problem = null;
        try
        {
            byte[]? content = entry.IsPacked ? Unpack(entry.Path) : ReadPlain(entry.Path);
            problem = content is null ? largest % Mebibyte == 0 ? $"more than {largest / Mebibyte} MiB" : $"more than {largest} bytes" : null;
            return content;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            problem = entry.IsPacked && failure is InvalidDataException ? "not packed by gzip, or damaged" : failure.Message;
            return null;
        }
    }

    /// <summary>The calls of a content: one of an input, any number of a sequence.</summary>
    /// <param name="kind">What the content is.</param>
    /// <param name="content">The content.</param>
    /// <param name="problem">Why it is no sequence; null if it is.</param>
    /// <returns>The bytes of each call; null if it is no sequence.</returns>
    public static IReadOnlyList<byte[]>? Calls(EntryKind kind, byte[] content, out string? problem)
    {
        problem = null;
        if (kind == EntryKind.Input)
        {
            return [content];
        }

        try
        {
            using var document = JsonDocument.Parse(content);
            List<byte[]> calls = [];
            foreach (JsonElement call in document.RootElement.EnumerateArray())
            {
                calls.Add(Data(call));
            }

            return calls;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            problem = $"not a sequence of calls: {failure.Message}";
            return null;
        }
    }

    private static byte[] Data(JsonElement call)
    {
        string text = call.GetProperty("calldata").GetString() ?? throw new FormatException("\"calldata\" is null");
        return text.StartsWith("0x", StringComparison.Ordinal) ? Convert.FromHexString(text.AsSpan(2)) : throw new FormatException("\"calldata\" does not begin with 0x");
    }

    private byte[]? ReadPlain(string path)
    {
        if (PlainFile.TryRead(path) is { } small && small.Length <= largest)
        {
            return small;
        }

        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
        long length = RandomAccess.GetLength(file);
        if (length > largest)
        {
            return null;
        }

        byte[] content = GC.AllocateUninitializedArray<byte>((int)length);
        int read = 0;
        while (read < content.Length && RandomAccess.Read(file, content.AsSpan(read), read) is int more and > 0)
        {
            read += more;
        }

        return read == content.Length ? content : content[..read];
    }

    private byte[]? Unpack(string path)
    {
        using var unpacked = new MemoryStream();
        using FileStream file = File.OpenRead(path);
        using var packed = new GZipStream(file, CompressionMode.Decompress);
        byte[] piece = new byte[Piece];
        while (packed.Read(piece) is int read and > 0)
        {
            if (unpacked.Length + read > largest)
            {
                return null;
            }

            unpacked.Write(piece, 0, read);
        }

        return unpacked.ToArray();
    }
}
