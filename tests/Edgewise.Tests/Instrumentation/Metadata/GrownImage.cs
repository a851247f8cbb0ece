using System.Buffers.Binary;
using System.Reflection.PortableExecutable;

namespace Edgewise.Tests.Instrumentation.Metadata;

/// <summary>Puts other metadata into a PE image by letting its last section grow, so that readers of whole files can look at it.</summary>
public static class GrownImage
{
    private const int SectionHeaderSize = 40;

    /// <summary>The image with the metadata at the end of its last section.</summary>
    public static byte[] WithMetadata(byte[] image, byte[] metadata)
    {
        using PEReader reader = new(new MemoryStream(image));
        PEHeaders headers = reader.PEHeaders;
        int last = Enumerable.Range(0, headers.SectionHeaders.Length).MaxBy(i => headers.SectionHeaders[i].VirtualAddress);
        SectionHeader section = headers.SectionHeaders[last];
        int rawStart = section.PointerToRawData;
        int rawLength = Align(Math.Max(section.SizeOfRawData, section.VirtualSize), 16);
        int newLength = Align(rawLength + metadata.Length, headers.PEHeader!.FileAlignment);
        byte[] grown = new byte[rawStart + newLength];
        image.AsSpan(0, Math.Min(image.Length, rawStart + section.SizeOfRawData)).CopyTo(grown);
        metadata.CopyTo(grown, rawStart + rawLength);

        int optional = headers.PEHeaderStartOffset;
        int sectionHeader = optional + headers.CoffHeader.SizeOfOptionalHeader + (last * SectionHeaderSize);
        Put(sectionHeader + 8, newLength);
        Put(sectionHeader + 16, newLength);
        Put(optional + 56, Align(section.VirtualAddress + newLength, headers.PEHeader.SectionAlignment));
        Put(headers.CorHeaderStartOffset + 8, section.VirtualAddress + rawLength);
        Put(headers.CorHeaderStartOffset + 12, metadata.Length);
        return grown;

        void Put(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(grown.AsSpan(at), value);
    }

    private static int Align(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
