namespace Edgewise.Symbols.Elf;

/// <summary>Reads sections of relocations.</summary>
internal static class RelocationTable
{
    private const uint WithAddend = 4, WithoutAddend = 9;

    /// <summary>The relocations of a section; none where it holds something else.</summary>
    /// <exception cref="SymbolsException">The section does not fit, or names a symbol that there is not.</exception>
    public static IEnumerable<ElfRelocation> Read(ElfFile file, ElfBytes bytes, ElfSection section)
    {
        if (section.Type is not (WithAddend or WithoutAddend))
        {
            return [];
        }

        bool hasAddend = section.Type == WithAddend;
        int word = bytes.WordSize, rowSize = hasAddend ? 3 * word : 2 * word;
        ReadOnlySpan<byte> rows = file.ContentOf(section);
        if (rows.Length % rowSize != 0)
        {
            throw bytes.Failure(section.Offset, $"section {section.Name} has {rows.Length} bytes; a multiple of {rowSize} expected");
        }

        IReadOnlyList<ElfSymbol> symbols = file.SymbolsOf(section.Link);
        ElfRelocation[] relocations = new ElfRelocation[rows.Length / rowSize];
        for (int i = 0; i < relocations.Length; i++)
        {
            ReadOnlySpan<byte> row = rows.Slice(i * rowSize, rowSize);
            ulong info = bytes.Word(row[word..]);
            ulong symbol = bytes.Is64 ? info >> 32 : info >> 8;
            if (symbol != 0 && symbol >= (ulong)symbols.Count)
            {
                throw bytes.Failure(section.Offset + (ulong)(i * rowSize), $"a relocation with symbol {symbol} of {symbols.Count}");
            }

            ElfSymbol named = symbol == 0 ? new ElfSymbol("", 0, 0, 0, 0) : symbols[(int)symbol];
            long? addend = !hasAddend ? null : bytes.Is64 ? (long)bytes.Word(row[(2 * word)..]) : (int)bytes.Word(row[(2 * word)..]);
            relocations[i] = new ElfRelocation(
                bytes.Word(row), (uint)(bytes.Is64 ? info & uint.MaxValue : info & byte.MaxValue), named.Name, named.Value, named.Section, addend);
        }

        return relocations;
    }
}
