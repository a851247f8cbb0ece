namespace Edgewise.Symbols;

/// <summary>A place in a source file.</summary>
/// <param name="File">Path as the PDB has it, which may be that of another machine.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1.</param>
public readonly record struct SourceLocation(string File, int Line, int Column);
