namespace Edgewise.Symbols.Dwarf;

/// <summary>A text of debug information, which may stand somewhere else.</summary>
/// <param name="Kind">Where it stands.</param>
/// <param name="Value">Its offset there, or its number.</param>
/// <param name="Bytes">The text itself, where it stands in place.</param>
internal readonly record struct DwarfText(DwarfTextKind Kind, ulong Value, ReadOnlyMemory<byte> Bytes);
