namespace Edgewise.Symbols.Symbolizer;

/// <summary>How addresses are named.</summary>
public sealed record SymbolizerOptions
{
    /// <summary>Stands in <see cref="Program"/> for the symbol table alone.</summary>
    public const string None = "none";

    /// <summary>The program to ask, by name or path; null finds <c>llvm-symbolizer</c>, then <c>addr2line</c>; <see cref="None"/> starts none.</summary>
    public string? Program { get; init; }

    /// <summary>True for names as the source has them, false for those that the linker sees.</summary>
    public bool Demangle { get; init; } = true;

    /// <summary>True if <see cref="Frame.Declaration"/> is wanted; without it there is less to read.</summary>
    public bool NeedsDeclarations { get; init; } = true;
}
