namespace Edgewise.Symbols.Elf;

/// <summary>What an ELF file is for.</summary>
public enum ElfKind
{
    /// <summary>An object file, <c>.o</c>: calls are relocations, and its sections have no addresses yet.</summary>
    Relocatable,

    /// <summary>An executable at fixed addresses.</summary>
    Executable,

    /// <summary>A shared object, or an executable that is independent of its position.</summary>
    Shared,
}
