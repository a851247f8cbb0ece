using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Points;

/// <summary>Reads the tables <c>__sancov_pcs</c> of a binary: pairs of the address of a block and flags.</summary>
internal static class PcTable
{
    /// <summary>The addresses, in the order of the tables.</summary>
    /// <param name="file">The binary.</param>
    /// <param name="layout">Tells addresses of sections in an object file.</param>
    /// <exception cref="SymbolsException">A table has half a pair.</exception>
    public static IEnumerable<ulong> Read(ElfFile file, ObjectLayout layout)
    {
        foreach (ElfSection table in file.Sections.Where(static section => section.Name == SancovSections.Pcs && section.HasContent))
        {
            int pair = 2 * file.WordSize, length = file.ContentOf(table).Length;
            if (length % pair != 0)
            {
                throw new SymbolsException($"{file.Path}: ELF, offset {table.Offset}: section {table.Name} has {length} bytes; a multiple of {pair} expected");
            }

            Dictionary<ulong, ulong> filledIn = FilledIn(file, table, layout);
            for (int i = 0; i < length; i += pair)
            {
                ulong pc = filledIn.TryGetValue(table.Address + (ulong)i, out ulong value) ? value : file.WordAt(file.ContentOf(table)[i..]);
                // Function 0 is where an object file begins; in a linked one a zero is an entry whose code was left out.
                if (pc != 0 || file.Kind == ElfKind.Relocatable)
                {
                    yield return pc;
                }
            }
        }
    }

    // What a linker or loader puts there: in a file that can stand anywhere the table itself may hold zeros.
    private static Dictionary<ulong, ulong> FilledIn(ElfFile file, ElfSection table, ObjectLayout layout)
    {
        Dictionary<ulong, ulong> values = [];
        bool isObject = file.Kind == ElfKind.Relocatable;
        foreach (ElfSection section in file.Sections.Where(section => isObject ? section.Info == table.Index : section.IsAllocated))
        {
            foreach (ElfRelocation relocation in file.RelocationsIn(section))
            {
                ulong offset = relocation.Offset - table.Address;
                if (offset < table.Size && table.Size - offset >= (ulong)file.WordSize)
                {
                    ulong addend = (ulong?)relocation.Addend ?? file.WordAt(file.ContentOf(table)[(int)offset..]);
                    values[relocation.Offset] = layout.AddressOf(relocation.SymbolSection) + relocation.SymbolValue + addend;
                }
            }
        }

        return values;
    }
}
