using System.Buffers.Binary;

namespace Edgewise.Symbols.Elf;

/// <summary>Reads tables of symbols.</summary>
internal static class SymbolTable
{
    /// <summary>Type of the section <c>.symtab</c>.</summary>
    public const uint StaticType = 2;

    /// <summary>Type of the section <c>.dynsym</c>.</summary>
    public const uint DynamicType = 11;

    private const int Size64 = 24, Size32 = 16, TypeMask = 15;

    /// <summary>The rows of the first table of a type, by number; none where there is no such table.</summary>
    /// <exception cref="SymbolsException">The table or a name in it does not fit.</exception>
    public static IEnumerable<ElfSymbol> Read(ElfFile file, ElfBytes bytes, uint type)
    {
        if (file.Sections.FirstOrDefault(section => section.Type == type) is not { } table)
        {
            return [];
        }

        ElfSection strings = file.SectionOf(table.Link)
            ?? throw bytes.Failure(table.Offset, $"section {table.Name} has its names in section {table.Link} of {file.Sections.Count}");
        ReadOnlySpan<byte> names = file.ContentOf(strings), rows = file.ContentOf(table);
        int rowSize = bytes.Is64 ? Size64 : Size32;
        if (rows.Length % rowSize != 0)
        {
            throw bytes.Failure(table.Offset, $"section {table.Name} has {rows.Length} bytes; a multiple of {rowSize} expected");
        }

        ElfSymbol[] symbols = new ElfSymbol[rows.Length / rowSize];
        for (int i = 0; i < symbols.Length; i++)
        {
            symbols[i] = ReadRow(bytes, rows.Slice(i * rowSize, rowSize), names, strings.Offset);
        }

        return symbols;
    }

    /// <summary>The functions among symbols, by address, one an address: the longest, for a label of length 0 may share it.</summary>
    public static IReadOnlyList<ElfSymbol> Functions(IReadOnlyList<ElfSymbol> symbols)
    {
        List<ElfSymbol> sorted = [.. symbols.Where(static symbol => symbol.IsFunction && symbol.Name.Length > 0)];
        sorted.Sort(ByAddress);
        List<ElfSymbol> functions = new(sorted.Count);
        foreach (ElfSymbol symbol in sorted)
        {
            if (functions.Count == 0 || functions[^1].Value != symbol.Value || functions[^1].Section != symbol.Section)
            {
                functions.Add(symbol);
            }
        }

        return functions;
    }

    private static int ByAddress(ElfSymbol a, ElfSymbol b)
    {
        int order = a.Value.CompareTo(b.Value);
        order = order != 0 ? order : b.Size.CompareTo(a.Size);
        return order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
    }

    private static ElfSymbol ReadRow(ElfBytes bytes, ReadOnlySpan<byte> row, ReadOnlySpan<byte> names, ulong namesOffset)
    {
        string name = bytes.Name(names, namesOffset, BinaryPrimitives.ReadUInt32LittleEndian(row));
        int version = name.IndexOf('@');
        return new ElfSymbol(
            version > 0 ? name[..version] : name,
            bytes.Word(row[(bytes.Is64 ? 8 : 4)..]),
            bytes.Word(row[(bytes.Is64 ? 16 : 8)..]),
            row[bytes.Is64 ? 4 : 12] & TypeMask,
            BinaryPrimitives.ReadUInt16LittleEndian(row[(bytes.Is64 ? 6 : 14)..]));
    }
}
