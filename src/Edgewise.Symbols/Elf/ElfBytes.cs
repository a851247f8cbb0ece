using System.Buffers.Binary;
using System.Text;

namespace Edgewise.Symbols.Elf;

/// <summary>The bytes of an ELF file: reads numbers and names within bounds, and tells where it could not.</summary>
/// <param name="content">All bytes.</param>
/// <param name="path">Name for messages.</param>
/// <param name="is64">True for the wide layout, false for that of 32 bits.</param>
internal sealed class ElfBytes(byte[] content, string path, bool is64)
{
    /// <summary>True for the wide layout.</summary>
    public bool Is64 => is64;

    /// <summary>Bytes of an address.</summary>
    public int WordSize => is64 ? sizeof(ulong) : sizeof(uint);

    /// <summary>The array itself, for those who decode from it.</summary>
    public byte[] Content => content;

    /// <summary>Bytes from an offset.</summary>
    /// <exception cref="SymbolsException">The file ends before.</exception>
    public ReadOnlySpan<byte> Slice(ulong offset, ulong size, string what)
    {
        if (offset > (ulong)content.Length || size > (ulong)content.Length - offset)
        {
            throw Failure(offset, $"{what} takes {size} bytes, and the file ends at {content.Length}");
        }

        return content.AsSpan((int)offset, (int)size);
    }

    /// <summary>Two bytes.</summary>
    /// <exception cref="SymbolsException">The file ends before.</exception>
    public ushort UInt16(ulong offset, string what) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, sizeof(ushort), what));

    /// <summary>Four bytes.</summary>
    /// <exception cref="SymbolsException">The file ends before.</exception>
    public uint UInt32(ulong offset, string what) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, sizeof(uint), what));

    /// <summary>An address, of the file's width.</summary>
    /// <exception cref="SymbolsException">The file ends before.</exception>
    public ulong Word(ulong offset, string what) => Word(Slice(offset, (ulong)WordSize, what));

    /// <summary>An address from bytes that are at hand.</summary>
    public ulong Word(ReadOnlySpan<byte> bytes) =>
        is64 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>A name from a table of strings.</summary>
    /// <param name="strings">The table.</param>
    /// <param name="tableOffset">Where the table begins, for messages.</param>
    /// <param name="index">Where the name begins in it.</param>
    /// <exception cref="SymbolsException">The name begins or ends outside of the table.</exception>
    public string Name(ReadOnlySpan<byte> strings, ulong tableOffset, uint index)
    {
        int end = index < strings.Length ? strings[(int)index..].IndexOf((byte)0) : -1;
        return end >= 0
            ? Encoding.UTF8.GetString(strings.Slice((int)index, end))
            : throw Failure(tableOffset, $"a name at {index} of a table of strings of {strings.Length} bytes; none ends there");
    }

    /// <summary>What is wrong at a place.</summary>
    public SymbolsException Failure(ulong offset, string what) => new($"{path}: ELF, offset {offset}: {what}");
}
