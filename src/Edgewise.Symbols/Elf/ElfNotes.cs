using System.Buffers.Binary;

namespace Edgewise.Symbols.Elf;

/// <summary>Finds the build id among notes: those of a file's section, or those that a running kernel tells in <c>/sys/kernel/notes</c>.</summary>
/// <remarks>Layout: System V ABI, generic part, "Note Section"; a note of owner GNU and type 3 holds the id.</remarks>
public static class ElfNotes
{
    private const uint BuildIdType = 3;
    private const int HeaderSize = 12;

    private static ReadOnlySpan<byte> Owner => "GNU\0"u8;

    /// <summary>The id in lower-case hex; null where there is none.</summary>
    /// <param name="notes">Notes, one behind the other, little-endian.</param>
    /// <exception cref="SymbolsException">A note does not fit.</exception>
    public static string? BuildId(ReadOnlySpan<byte> notes)
    {
        while (notes.Length >= HeaderSize)
        {
            uint nameSize = BinaryPrimitives.ReadUInt32LittleEndian(notes), size = BinaryPrimitives.ReadUInt32LittleEndian(notes[4..]);
            ulong description = HeaderSize + Aligned(nameSize), end = description + size;
            if (end > (ulong)notes.Length)
            {
                throw new SymbolsException($"a note of {end} bytes, where {notes.Length} are left");
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(notes[8..]) == BuildIdType && notes.Slice(HeaderSize, (int)nameSize).SequenceEqual(Owner))
            {
                return Convert.ToHexStringLower(notes[(int)description..(int)end]);
            }

            notes = notes[(int)Math.Min(description + Aligned(size), (ulong)notes.Length)..];
        }

        return null;
    }

    private static ulong Aligned(uint size) => ((ulong)size + 3) & ~3ul;
}
