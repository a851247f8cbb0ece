using System.Buffers.Binary;
using System.IO.Compression;
using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Dwarf;

/// <summary>The sections of debug information of a binary, decompressed.</summary>
internal sealed class DebugSections(ElfFile file)
{
    private const int ZlibType = 1, GnuHeader = 12, MostBytes = 1 << 30, MostGrowth = 1032;

    private readonly Dictionary<string, byte[]> _decompressed = [];

    /// <summary>The content of a section; empty where there is none.</summary>
    /// <exception cref="InvalidDataException">It is compressed in a way that is not known here, or damaged.</exception>
    public ReadOnlyMemory<byte> Get(string name)
    {
        if (_decompressed.TryGetValue(name, out byte[]? known))
        {
            return known;
        }

        ReadOnlyMemory<byte> content = file.SectionNamed(name) is { } section ? file.SegmentOf(section) : default;
        bool isGnu = content.IsEmpty && file.SectionNamed(".z" + name[1..]) is { Size: > GnuHeader };
        if (!isGnu && file.SectionNamed(name) is not { IsCompressed: true })
        {
            return content;
        }

        byte[] decompressed = isGnu ? DecompressGnu(file.SectionNamed(".z" + name[1..])!) : Decompress(name, content);
        _decompressed.Add(name, decompressed);
        return decompressed;
    }

    // Compressed sections begin with their kind and size: 'ELF' has them in words of the file, GNU's older '.zdebug' has "ZLIB" and a size with the high byte first.
    private byte[] Decompress(string name, ReadOnlyMemory<byte> content)
    {
        int header = file.WordSize == sizeof(ulong) ? 24 : 12;
        if (content.Length < header || BinaryPrimitives.ReadInt32LittleEndian(content.Span) != ZlibType)
        {
            throw new InvalidDataException($"{name}: compressed, and not with zlib");
        }

        return Decompress(content[header..], file.WordAt(content.Span[(file.WordSize == sizeof(ulong) ? 8 : 4)..]));
    }

    private byte[] DecompressGnu(ElfSection section) =>
        Decompress(file.SegmentOf(section).AsMemory(GnuHeader), BinaryPrimitives.ReadUInt64BigEndian(file.ContentOf(section)[4..]));

    private static byte[] Decompress(ReadOnlyMemory<byte> compressed, ulong size)
    {
        if (size > MostBytes || size > (ulong)compressed.Length * MostGrowth)
        {
            throw new InvalidDataException($"{size} bytes when decompressed");
        }

        byte[] content = new byte[size];
        using MemoryStream source = new(compressed.ToArray());
        using ZLibStream zlib = new(source, CompressionMode.Decompress);
        zlib.ReadExactly(content);
        return content;
    }
}
