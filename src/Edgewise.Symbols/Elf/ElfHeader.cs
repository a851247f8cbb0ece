namespace Edgewise.Symbols.Elf;

/// <summary>What the first bytes of an ELF file say.</summary>
/// <param name="Kind">What the file is for.</param>
/// <param name="Machine">Its processor.</param>
/// <param name="SectionTable">Offset of the section table; 0 where there is none.</param>
/// <param name="SectionCount">Number of sections; 0 where the first section tells.</param>
/// <param name="NameSection">Number of the section with the names of sections; <see cref="ElsewhereIndex"/> where the first section tells.</param>
internal readonly record struct ElfHeader(ElfKind Kind, ElfMachine Machine, ulong SectionTable, int SectionCount, int NameSection)
{
    /// <summary>Stands for a section number that does not fit into 16 bits.</summary>
    public const int ElsewhereIndex = 0xFFFF;

    private const int ClassOffset = 4, OrderOffset = 5, TypeOffset = 16, MachineOffset = 18, VersionOffset = 20;

    /// <summary>True for content that begins as an ELF file does.</summary>
    public static bool IsElf(ReadOnlySpan<byte> content) => content.StartsWith("\u007fELF"u8);

    /// <summary>Reads the width and the header behind it.</summary>
    /// <param name="content">All bytes.</param>
    /// <param name="path">Name for messages.</param>
    /// <param name="bytes">The bytes, in the width of the file.</param>
    /// <exception cref="SymbolsException">This is no ELF file, or one for another processor.</exception>
    public static ElfHeader Read(byte[] content, string path, out ElfBytes bytes)
    {
        bytes = new ElfBytes(content, path, is64: true);
        if (!IsElf(content))
        {
            throw bytes.Failure(0, "the magic 7f 45 4c 46 expected");
        }

        ReadOnlySpan<byte> identity = bytes.Slice(0, VersionOffset, "the header");
        if (identity[ClassOffset] is not (1 or 2))
        {
            throw bytes.Failure(ClassOffset, $"class {identity[ClassOffset]}; 1, 32 bits, or 2, 64 bits, expected");
        }

        if (identity[OrderOffset] != 1)
        {
            throw bytes.Failure(OrderOffset, $"byte order {identity[OrderOffset]}; 1, little-endian, expected");
        }

        bool is64 = identity[ClassOffset] == 2;
        bytes = new ElfBytes(content, path, is64);
        ulong sizes = is64 ? 58ul : 46ul;
        return new ElfHeader(
            KindOf(bytes),
            MachineOf(bytes),
            bytes.Word(is64 ? 40ul : 32ul, "the place of the section table"),
            bytes.UInt16(sizes + 2, "the number of sections"),
            bytes.UInt16(sizes + 4, "the section of names"));
    }

    private static ElfKind KindOf(ElfBytes bytes) => bytes.UInt16(TypeOffset, "the type") switch
    {
        1 => ElfKind.Relocatable,
        2 => ElfKind.Executable,
        3 => ElfKind.Shared,
        ushort other => throw bytes.Failure(TypeOffset, $"type {other}; 1 (object), 2 (executable) or 3 (shared) expected"),
    };

    private static ElfMachine MachineOf(ElfBytes bytes) => (bytes.UInt16(MachineOffset, "the machine"), bytes.Is64) switch
    {
        (3, false) => ElfMachine.X86,
        (62, true) => ElfMachine.X64,
        (183, true) => ElfMachine.Arm64,
        (ushort other, bool is64) => throw bytes.Failure(
            MachineOffset, $"machine {other} with {(is64 ? 64 : 32)} bits; 3 (i386) with 32, 62 (x86-64) or 183 (AArch64) with 64 expected"),
    };
}
