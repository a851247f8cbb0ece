using System.Buffers.Binary;

namespace Edgewise.Symbols.Elf;

/// <summary>Finds the build id among the notes of a file.</summary>
internal static class NoteReader
{
    private const uint NoteType = 7, BuildIdType = 3;
    private const int HeaderSize = 12;

    private static ReadOnlySpan<byte> Owner => "GNU\0"u8;

    /// <summary>The id in lower-case hex; null where there is none.</summary>
    /// <exception cref="SymbolsException">A note does not fit.</exception>
    public static string? BuildId(ElfFile file, ElfBytes bytes)
    {
        foreach (ElfSection section in file.Sections.Where(static section => section.Type == NoteType))
        {
            ReadOnlySpan<byte> notes = file.ContentOf(section);
            while (notes.Length >= HeaderSize)
            {
                uint nameSize = BinaryPrimitives.ReadUInt32LittleEndian(notes), size = BinaryPrimitives.ReadUInt32LittleEndian(notes[4..]);
                ulong description = HeaderSize + Aligned(nameSize), end = description + size;
                if (end > (ulong)notes.Length)
                {
                    throw bytes.Failure(section.Offset, $"section {section.Name}: a note of {end} bytes, where {notes.Length} are left");
                }

                if (BinaryPrimitives.ReadUInt32LittleEndian(notes[8..]) == BuildIdType && notes.Slice(HeaderSize, (int)nameSize).SequenceEqual(Owner))
                {
                    return Convert.ToHexStringLower(notes[(int)description..(int)end]);
                }

                notes = notes[(int)Math.Min(description + Aligned(size), (ulong)notes.Length)..];
            }
        }

        return null;
    }

    private static ulong Aligned(uint size) => ((ulong)size + 3) & ~3ul;
}
