using System.Buffers.Binary;

namespace Edgewise.Runtime.Formats;

/// <summary>
/// <c>.sancov</c> files: eight bytes of magic, the lowest of which tells the width of a PC in bits, then PCs to the end of the file, all little-endian.
/// </summary>
public static class SancovFile
{
    /// <summary>Magic of a file of 64-bit PCs.</summary>
    public const ulong Magic64 = 0xC0BFFFFFFFFFFF64;

    /// <summary>Magic of a file of 32-bit PCs.</summary>
    public const ulong Magic32 = 0xC0BFFFFFFFFFFF32;

    /// <summary>Writes the PCs, sorted, under a temporary name first; what stood there before is replaced as a whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<ulong> pcs) => AtomicFile.Write(path, Encode(pcs));

    /// <summary>The content of a 64-bit file: magic, then the PCs in ascending order.</summary>
    public static byte[] Encode(ReadOnlySpan<ulong> pcs)
    {
        ulong[] sorted = pcs.ToArray();
        Array.Sort(sorted);
        byte[] content = new byte[sizeof(ulong) * (sorted.Length + 1)];
        BinaryPrimitives.WriteUInt64LittleEndian(content, Magic64);
        for (int i = 0; i < sorted.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan(sizeof(ulong) * (i + 1)), sorted[i]);
        }

        return content;
    }

    /// <summary>Reads the PCs of a file, in its order.</summary>
    /// <exception cref="CoverageFormatException">The file is no <c>.sancov</c>.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ulong[] Read(string path) => Decode(File.ReadAllBytes(path), path);

    /// <summary>Decodes the content of a file of either width.</summary>
    /// <param name="content">All bytes.</param>
    /// <param name="source">Name for messages.</param>
    /// <exception cref="CoverageFormatException">The content is no <c>.sancov</c>.</exception>
    public static ulong[] Decode(ReadOnlySpan<byte> content, string source)
    {
        if (content.Length < sizeof(ulong))
        {
            throw new CoverageFormatException($"{source}: .sancov: {content.Length} bytes; the magic alone takes {sizeof(ulong)}");
        }

        ulong magic = BinaryPrimitives.ReadUInt64LittleEndian(content);
        int width = magic switch
        {
            Magic64 => sizeof(ulong),
            Magic32 => sizeof(uint),
            _ => throw new CoverageFormatException(
                $"{source}: .sancov: magic {magic:x16}; {Magic64:x16} or {Magic32:x16} expected"),
        };
        ReadOnlySpan<byte> body = content[sizeof(ulong)..];
        if (body.Length % width != 0)
        {
            throw new CoverageFormatException(
                $"{source}: .sancov, offset {content.Length - (body.Length % width)}: {body.Length % width} bytes of a PC of {width}; the file is cut off");
        }

        ulong[] pcs = new ulong[body.Length / width];
        for (int i = 0; i < pcs.Length; i++)
        {
            pcs[i] = width == sizeof(ulong)
                ? BinaryPrimitives.ReadUInt64LittleEndian(body[(i * width)..])
                : BinaryPrimitives.ReadUInt32LittleEndian(body[(i * width)..]);
        }

        return pcs;
    }
}
