namespace Edgewise.Symbols.Elf;

/// <summary>Finds the build id among the notes of a file.</summary>
internal static class NoteReader
{
    private const uint NoteType = 7;

    /// <summary>The id in lower-case hex; null where there is none.</summary>
    /// <exception cref="SymbolsException">A note does not fit.</exception>
    public static string? BuildId(ElfFile file, ElfBytes bytes)
    {
        foreach (ElfSection section in file.Sections.Where(static section => section.Type == NoteType))
        {
            ReadOnlySpan<byte> notes = file.ContentOf(section);
            try
            {
                if (ElfNotes.BuildId(notes) is { } id)
                {
                    return id;
                }
            }
            catch (SymbolsException e)
            {
                throw bytes.Failure(section.Offset, $"section {section.Name}: {e.Message}");
            }
        }

        return null;
    }
}
