namespace Edgewise.Symbols.Elf;

/// <summary>Reads the section table.</summary>
internal static class SectionTable
{
    private const int Size64 = 64, Size32 = 40;

    /// <summary>All sections; none where the file has no table.</summary>
    /// <exception cref="SymbolsException">The table or a name in it does not fit.</exception>
    public static List<ElfSection> Read(ElfBytes bytes, ElfHeader header)
    {
        if (header.SectionTable == 0)
        {
            return [];
        }

        ulong rowSize = bytes.Is64 ? Size64 : (ulong)Size32;
        Row first = ReadRow(bytes, header.SectionTable);
        ulong count = header.SectionCount != 0 ? (ulong)header.SectionCount : first.Size;
        uint names = header.NameSection != ElfHeader.ElsewhereIndex ? (uint)header.NameSection : first.Link;
        if (count > (ulong)bytes.Content.Length / rowSize)
        {
            throw bytes.Failure(header.SectionTable, $"{count} sections take more bytes than the {bytes.Content.Length} of the file");
        }

        bytes.Slice(header.SectionTable, count * rowSize, "the section table");
        Row[] rows = new Row[count];
        for (ulong i = 0; i < count; i++)
        {
            rows[i] = ReadRow(bytes, header.SectionTable + (i * rowSize));
        }

        if (names >= count)
        {
            throw bytes.Failure(header.SectionTable, $"the names of sections stand in section {names} of {count}");
        }

        ReadOnlySpan<byte> strings = bytes.Slice(rows[names].Offset, rows[names].Size, "the names of sections");
        List<ElfSection> sections = new(rows.Length);
        foreach (Row row in rows)
        {
            string name = row.Type == 0 ? "" : bytes.Name(strings, rows[names].Offset, row.Name);
            sections.Add(new ElfSection(
                sections.Count, name, row.Type, row.Flags, row.Address, row.Offset, row.Size, Number(row.Link), Number(row.Info), row.EntrySize));
        }

        return sections;
    }

    // A number that fits no section names none; whoever follows it says so.
    private static int Number(uint value) => value > int.MaxValue ? -1 : (int)value;

    private static Row ReadRow(ElfBytes bytes, ulong at)
    {
        ulong word = (ulong)bytes.WordSize;
        const string What = "a row of the section table";
        bytes.Slice(at, bytes.Is64 ? Size64 : (ulong)Size32, What);
        ulong flags = at + 8, address = flags + word, offset = address + word, size = offset + word, link = size + word;
        return new Row(
            bytes.UInt32(at, What), bytes.UInt32(at + 4, What), bytes.Word(flags, What), bytes.Word(address, What), bytes.Word(offset, What),
            bytes.Word(size, What), bytes.UInt32(link, What), bytes.UInt32(link + 4, What), bytes.Word(link + 8 + word, What));
    }

    private readonly record struct Row(
        uint Name, uint Type, ulong Flags, ulong Address, ulong Offset, ulong Size, uint Link, uint Info, ulong EntrySize);
}
