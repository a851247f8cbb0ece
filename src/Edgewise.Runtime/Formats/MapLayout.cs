using System.Buffers.Binary;
using System.Text;

namespace Edgewise.Runtime.Formats;

/// <summary>Offsets and sizes of a map file, and the encoding of its header and table entries.</summary>
internal static class MapLayout
{
    public const string FormatName = "map file";
    public const uint Version = 1;
    public const int HeaderSize = 64;
    public const int VersionOffset = 8;
    public const int ModuleCountOffset = 12;
    public const int TableOffsetOffset = 16;
    public const int TableSizeOffset = 24;
    public const int CountersOffsetOffset = 32;
    public const int CountersSizeOffset = 40;
    public const int ProcessOffset = 48;

    /// <summary>Counters begin at a multiple of this, which every page size in use divides.</summary>
    public const int PageAlignment = 64 * 1024;

    private const int EntryPrefix = 64;
    private const int LengthsOffset = 48;

    // Far beyond what file systems take, and small enough that a lying length costs nothing.
    private const int LongestText = 32 * 1024;

    public static ReadOnlySpan<byte> Magic => "EDGEWMAP"u8;

    public static long Align(long value, long alignment) => (value + alignment - 1) & -alignment;

    public static byte[] Header(int moduleCount, long tableSize, long countersOffset, long countersSize)
    {
        byte[] header = new byte[HeaderSize];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(VersionOffset), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(ModuleCountOffset), moduleCount);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(TableOffsetOffset), HeaderSize);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(TableSizeOffset), tableSize);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(CountersOffsetOffset), countersOffset);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(CountersSizeOffset), countersSize);
        return header;
    }

    /// <summary>One entry: its size, points, offset, hash, the lengths of three texts, the texts in UTF-8, zeros up to a multiple of eight.</summary>
    public static byte[] Entry(MapModule module)
    {
        byte[][] texts = [Text(module.Name), Text(module.Path), Text(module.PointsFile)];
        byte[] entry = new byte[Align(EntryPrefix + texts.Sum(text => text.Length), sizeof(long))];
        BinaryPrimitives.WriteInt32LittleEndian(entry, entry.Length);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), module.PointCount);
        BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(8), module.Offset);
        module.OriginalHash.AsSpan(0, PointSetCodec.HashSize).CopyTo(entry.AsSpan(16));
        int position = EntryPrefix;
        for (int i = 0; i < texts.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(LengthsOffset + (i * sizeof(int))), texts[i].Length);
            texts[i].CopyTo(entry, position);
            position += texts[i].Length;
        }

        return entry;
    }

    public static MapModule[] ReadTable(ReadOnlySpan<byte> table, int count, long countersSize, string source)
    {
        if (count < 0 || count > table.Length / EntryPrefix)
        {
            throw Damaged(source, ModuleCountOffset, $"{count} modules in a table of {table.Length} bytes");
        }

        var modules = new MapModule[count];
        int position = 0;
        for (int i = 0; i < count; i++)
        {
            modules[i] = ReadEntry(table[position..], countersSize, source, HeaderSize + position, out int size);
            position += size;
        }

        return modules;
    }

    public static CoverageFormatException Damaged(string source, long offset, string what) =>
        new($"{source}: {FormatName}, offset {offset}: {what}");

    private static MapModule ReadEntry(ReadOnlySpan<byte> entry, long countersSize, string source, int offset, out int size)
    {
        size = entry.Length < EntryPrefix ? 0 : BinaryPrimitives.ReadInt32LittleEndian(entry);
        if (size < EntryPrefix || size > entry.Length)
        {
            throw Damaged(source, offset, $"an entry of {size} bytes where {entry.Length} are left");
        }

        int points = BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
        long first = BinaryPrimitives.ReadInt64LittleEndian(entry[8..]);
        if (points < 0 || first < 0 || first > countersSize - points)
        {
            throw Damaged(source, offset, $"{points} points at {first} of {countersSize} counters");
        }

        int position = EntryPrefix;
        string[] texts = new string[3];
        for (int i = 0; i < texts.Length; i++)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(entry[(LengthsOffset + (i * sizeof(int)))..]);
            if (length < 0 || length > size - position)
            {
                throw Damaged(source, offset, $"a text of {length} bytes where {size - position} of the entry are left");
            }

            texts[i] = Encoding.UTF8.GetString(entry.Slice(position, length));
            position += length;
        }

        return new MapModule(texts[0], texts[1], entry.Slice(16, PointSetCodec.HashSize).ToArray(), points, texts[2], first);
    }

    private static byte[] Text(string text) =>
        Encoding.UTF8.GetBytes(text.Length > LongestText ? text[..LongestText] : text);
}
