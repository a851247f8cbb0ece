using Edgewise.Symbols.Elf;

namespace Edgewise.Symbols.Points;

/// <summary>
/// Gives the code sections of an object file addresses, one behind the other as a linker would, so that a PC names one point. Where there is one code section with code,
/// a PC is the offset in it. Sections of a linked file have their addresses already.
/// </summary>
internal sealed class ObjectLayout
{
    private const ulong Alignment = 16;

    private readonly ulong[] _addresses;

    /// <summary>Lays a file's sections out.</summary>
    public ObjectLayout(ElfFile file)
    {
        _addresses = new ulong[file.Sections.Count];
        if (file.Kind != ElfKind.Relocatable)
        {
            return;
        }

        ulong next = 0;
        foreach (ElfSection section in file.Sections.Where(static section => section.IsCode))
        {
            _addresses[section.Index] = next;
            next = (next + section.Size + Alignment - 1) & ~(Alignment - 1);
        }
    }

    /// <summary>What is added to a value that counts from the section's beginning; 0 in a linked file, where values are addresses.</summary>
    public ulong AddressOf(int section) => section > 0 && section < _addresses.Length ? _addresses[section] : 0;
}
