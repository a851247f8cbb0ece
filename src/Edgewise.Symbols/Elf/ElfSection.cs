namespace Edgewise.Symbols.Elf;

/// <summary>A row of the section table.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as in the file.</param>
/// <param name="Flags">Its flags, as in the file.</param>
/// <param name="Address">Virtual address of its first byte; 0 in an object file.</param>
/// <param name="Offset">Offset of its content in the file.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Link">Number of the section that it refers to: of a symbol table, its strings.</param>
/// <param name="Info">What more its type wants: of relocations, the section that they change.</param>
/// <param name="EntrySize">Length of an element in bytes, or 0.</param>
public sealed record ElfSection(
    int Index, string Name, uint Type, ulong Flags, ulong Address, ulong Offset, ulong Size, int Link, int Info, ulong EntrySize)
{
    private const uint WithoutContent = 8;
    private const ulong AllocatedFlag = 2, CodeFlag = 4, CompressedFlag = 0x800;

    /// <summary>True if the section stands in the process's memory.</summary>
    public bool IsAllocated => (Flags & AllocatedFlag) != 0;

    /// <summary>True if bytes stand in the file.</summary>
    public bool HasContent => Type is not (0 or WithoutContent);

    /// <summary>True if it holds instructions.</summary>
    public bool IsCode => (Flags & CodeFlag) != 0 && HasContent && Size > 0;

    /// <summary>True for debug information that is compressed, in the way of today or that of GNU.</summary>
    public bool IsCompressed => (Flags & CompressedFlag) != 0 || Name.StartsWith(".zdebug", StringComparison.Ordinal);

    /// <summary>True if an address lies in the section as it stands in memory.</summary>
    public bool Contains(ulong address) => IsAllocated && address >= Address && address - Address < Size;
}
