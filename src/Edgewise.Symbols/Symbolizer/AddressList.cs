using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>Addresses of one binary that are to be named.</summary>
/// <param name="File">The binary.</param>
/// <param name="Addresses">Virtual addresses.</param>
public sealed record AddressList(ElfFile File, ulong[] Addresses);
