using Edgewise.Symbols.Elf;
using Edgewise.Symbols.Points;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>Names addresses by the symbol table.</summary>
internal sealed class SymbolNames
{
    private readonly (ulong Start, ulong Size, string Name)[] _functions;

    /// <summary>Takes the functions of a binary; those of an object file stand where its points do.</summary>
    public SymbolNames(ElfFile file)
    {
        ObjectLayout layout = new(file);
        _functions = [.. file.FunctionSymbols.Select(symbol => (layout.AddressOf(symbol.Section) + symbol.Value, symbol.Size, symbol.Name)).Order()];
    }

    /// <summary>The function that an address lies in; the address in hex where none is known.</summary>
    public string NameOf(ulong address)
    {
        int index = Array.BinarySearch(_functions, (address, ulong.MaxValue, ""));
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && (_functions[index].Size == 0 || address - _functions[index].Start < _functions[index].Size)
            ? _functions[index].Name
            : $"0x{address:x}";
    }
}
