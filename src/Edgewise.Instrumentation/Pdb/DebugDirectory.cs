using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Pdb;

/// <summary>Reads the debug directory of an image.</summary>
internal static class DebugDirectory
{
    private const uint CodeViewSignature = 0x5344_5352;

    // An image has a handful; more means that the size is damage.
    private const int MostEntries = 4096;

    /// <summary>The entries in file order; none if the image has no debug directory.</summary>
    /// <param name="image">The whole file.</param>
    /// <exception cref="InstrumentationException">Headers or directory are damaged (<see cref="MetadataDiagnostics.DamagedSymbols"/>).</exception>
    public static IReadOnlyList<DebugDirectoryEntry> Read(byte[] image)
    {
        try
        {
            using PEReader reader = new(ImmutableCollectionsMarshal.AsImmutableArray(image));
            PEHeaders headers = reader.PEHeaders;
            return headers.PEHeader is { DebugTableDirectory: { Size: > 0 } directory }
                ? ReadEntries(image, headers, directory)
                : [];
        }
        catch (BadImageFormatException error)
        {
            throw Damaged(error.Message);
        }
    }

    /// <summary>The data of an entry.</summary>
    /// <exception cref="InstrumentationException">It lies outside of the file.</exception>
    public static ReadOnlySpan<byte> Data(byte[] image, DebugDirectoryEntry entry) =>
        entry.DataPosition >= 0 && entry.DataLength >= 0 && (long)entry.DataPosition + entry.DataLength <= image.Length
            ? image.AsSpan(entry.DataPosition, entry.DataLength)
            : throw Damaged($"the data of the entry {entry.Type} lies outside of the file");

    /// <summary>The identity of the PDB that a portable CodeView entry names.</summary>
    /// <exception cref="InstrumentationException">The data is damaged.</exception>
    public static PdbIdentity CodeView(byte[] image, DebugDirectoryEntry entry)
    {
        ByteCursor cursor = new(Data(image, entry), MetadataDiagnostics.DamagedSymbols, "debug directory: CodeView");
        return cursor.UInt32() == CodeViewSignature
            ? new PdbIdentity(new Guid(cursor.Bytes(16)), entry.Stamp)
            : throw Damaged("the CodeView entry does not start with RSDS");
    }

    private static DebugDirectoryEntry[] ReadEntries(byte[] image, PEHeaders headers, DirectoryEntry directory)
    {
        if (!headers.TryGetDirectoryOffset(directory, out int position)
            || position < 0 || directory.Size > (long)MostEntries * DebugDirectoryEntry.Size || (long)position + directory.Size > image.Length)
        {
            throw Damaged("it lies outside of the file");
        }

        DebugDirectoryEntry[] entries = new DebugDirectoryEntry[directory.Size / DebugDirectoryEntry.Size];
        ByteCursor cursor = new(image.AsSpan(position, directory.Size), MetadataDiagnostics.DamagedSymbols, "debug directory");
        for (int i = 0; i < entries.Length; i++)
        {
            int start = cursor.Position;
            cursor.UInt32();
            uint stamp = cursor.UInt32();
            ushort major = cursor.UInt16();
            ushort minor = cursor.UInt16();
            DebugEntryType type = (DebugEntryType)cursor.UInt32();
            int length = (int)cursor.UInt32();
            int rva = (int)cursor.UInt32();
            entries[i] = new DebugDirectoryEntry(
                type, position + start, directory.RelativeVirtualAddress + start, stamp, major, minor, rva, (int)cursor.UInt32(), length);
        }

        return entries;
    }

    private static InstrumentationException Damaged(string what) => new(MetadataDiagnostics.DamagedSymbols, $"debug directory: {what}");
}
