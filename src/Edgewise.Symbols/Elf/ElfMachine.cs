namespace Edgewise.Symbols.Elf;

/// <summary>Processors whose code is understood.</summary>
public enum ElfMachine
{
    /// <summary>i386, 32 bits.</summary>
    X86,

    /// <summary>x86-64.</summary>
    X64,

    /// <summary>AArch64.</summary>
    Arm64,
}
