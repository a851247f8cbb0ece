using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Pdb;

namespace Edgewise.Instrumentation;

/// <summary>What becomes of a module's debug information.</summary>
internal sealed class DebugRewrite
{
    private const int DebugDirectoryIndex = 6;
    private const int EntrySize = 28;

    /// <summary>The new PDB to be written beside the image, or null.</summary>
    public byte[]? Pdb { get; private init; }

    /// <summary>The new embedded PDB entry's bytes, or null.</summary>
    public byte[]? EmbeddedPdb { get; private init; }

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    public static DebugRewrite Run(PeImage image, byte[]? pdb, MetadataImage metadata, OffsetMap moves) => new();

    /// <summary>Corrects the file positions in the debug directory.</summary>
    public static void Patch(PeWriter writer, int embeddedPdbRva)
    {
        int entry = writer.Image.DirectoryEntry(DebugDirectoryIndex);
        int rva = entry < 0 ? 0 : writer.Image.Int32(entry);
        int count = rva == 0 ? 0 : writer.Image.Int32(entry + 4) / EntrySize;
        for (int i = 0; i < count; i++)
        {
            int at = writer.OffsetOf(rva + (i * EntrySize));
            int original = writer.Image.OffsetOf(rva + (i * EntrySize), EntrySize);
            if (at >= 0 && original >= 0 && writer.Image.Int32(original + 20) is var data and not 0)
            {
                writer.PutInt32(at + 24, writer.OffsetOf(data));
            }
        }
    }
}
