namespace Edgewise.Symbols.Elf;

/// <summary>A place that a linker fills in.</summary>
/// <param name="Offset">Virtual address of the place; in an object file, the offset in the section.</param>
/// <param name="Type">How it is filled in, in the numbers of the processor.</param>
/// <param name="SymbolName">The symbol it is filled in with; empty where there is none.</param>
/// <param name="SymbolValue">That symbol's value.</param>
/// <param name="SymbolSection">The section that the symbol stands in; 0 where there is none.</param>
/// <param name="Addend">What is added to the value; null where it stands at the place itself.</param>
public sealed record ElfRelocation(ulong Offset, uint Type, string SymbolName, ulong SymbolValue, int SymbolSection, long? Addend);
