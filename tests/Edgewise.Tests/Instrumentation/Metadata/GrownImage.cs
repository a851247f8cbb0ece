using System.Buffers.Binary;
using System.Reflection.PortableExecutable;

namespace Edgewise.Tests.Instrumentation.Metadata;

/// <summary>A PE image whose last section was made to grow, so that readers of whole files can look at what was appended.</summary>
/// <param name="Bytes">The new file.</param>
/// <param name="Rva">Address of what was appended.</param>
/// <param name="Position">Its position in the file.</param>
public sealed record GrownImage(byte[] Bytes, int Rva, int Position)
{
    private const int SectionHeaderSize = 40;

    /// <summary>The image with other metadata.</summary>
    public static byte[] WithMetadata(byte[] image, byte[] metadata)
    {
        GrownImage grown = Append(image, metadata);
        using PEReader reader = new(new MemoryStream(image));
        grown.Patch(reader.PEHeaders.CorHeaderStartOffset + 8, grown.Rva);
        grown.Patch(reader.PEHeaders.CorHeaderStartOffset + 12, metadata.Length);
        return grown.Bytes;
    }

    /// <summary>The image with bytes at the end of its last section.</summary>
    public static GrownImage Append(byte[] image, byte[] content)
    {
        using PEReader reader = new(new MemoryStream(image));
        PEHeaders headers = reader.PEHeaders;
        int last = Enumerable.Range(0, headers.SectionHeaders.Length).MaxBy(i => headers.SectionHeaders[i].VirtualAddress);
        SectionHeader section = headers.SectionHeaders[last];
        int rawStart = section.PointerToRawData;
        int rawLength = Align(Math.Max(section.SizeOfRawData, section.VirtualSize), 16);
        int newLength = Align(rawLength + content.Length, headers.PEHeader!.FileAlignment);
        byte[] bytes = new byte[rawStart + newLength];
        image.AsSpan(0, Math.Min(image.Length, rawStart + section.SizeOfRawData)).CopyTo(bytes);
        content.CopyTo(bytes, rawStart + rawLength);

        GrownImage grown = new(bytes, section.VirtualAddress + rawLength, rawStart + rawLength);
        int optional = headers.PEHeaderStartOffset;
        int sectionHeader = optional + headers.CoffHeader.SizeOfOptionalHeader + (last * SectionHeaderSize);
        grown.Patch(sectionHeader + 8, newLength);
        grown.Patch(sectionHeader + 16, newLength);
        grown.Patch(optional + 56, Align(section.VirtualAddress + newLength, headers.PEHeader.SectionAlignment));
        return grown;
    }

    /// <summary>Overwrites four bytes.</summary>
    public void Patch(int position, int value) => BinaryPrimitives.WriteInt32LittleEndian(Bytes.AsSpan(position), value);

    private static int Align(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
