namespace Edgewise.Symbols;

/// <summary>A statement of a method: it reaches to the offset of the next one.</summary>
/// <param name="Offset">Offset of its first byte in the method's original IL.</param>
/// <param name="File">Path as the PDB has it; empty for code that the compiler made.</param>
/// <param name="Line">First line from 1; 0 for code that the compiler made.</param>
/// <param name="EndLine">Last line.</param>
public readonly record struct SourceRange(int Offset, string File, int Line, int EndLine);
