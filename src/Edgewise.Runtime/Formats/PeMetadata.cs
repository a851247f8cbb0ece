using System.Buffers.Binary;

namespace Edgewise.Runtime.Formats;

/// <summary>Finds the metadata root in the bytes of a PE file, in the file's own layout (ECMA-335 II.25), and nothing more.</summary>
internal static class PeMetadata
{
    private const int DosHeaderSize = 0x40;
    private const int NewHeaderOffset = 0x3C;
    private const uint PeSignature = 0x00004550;
    private const int CoffHeaderSize = 20;
    private const int Pe32Directories = 96;
    private const int Pe32PlusDirectories = 112;
    private const int ComDescriptor = 14;
    private const int SectionHeaderSize = 40;

    /// <summary>The file offset of the metadata root, or -1 where this is no PE file with metadata.</summary>
    public static int FindRoot(ReadOnlySpan<byte> image)
    {
        if (image.Length < DosHeaderSize || image[0] != 'M' || image[1] != 'Z')
        {
            return -1;
        }

        uint header = BinaryPrimitives.ReadUInt32LittleEndian(image[NewHeaderOffset..]);
        if (!TrySlice(image, header, sizeof(uint) + CoffHeaderSize, out ReadOnlySpan<byte> coff)
            || BinaryPrimitives.ReadUInt32LittleEndian(coff) != PeSignature)
        {
            return -1;
        }

        ushort sectionCount = BinaryPrimitives.ReadUInt16LittleEndian(coff[6..]);
        ushort optionalSize = BinaryPrimitives.ReadUInt16LittleEndian(coff[20..]);
        uint optionalOffset = header + sizeof(uint) + CoffHeaderSize;
        if (!TrySlice(image, optionalOffset, optionalSize, out ReadOnlySpan<byte> optional) || optional.Length < 2)
        {
            return -1;
        }

        ushort magic = BinaryPrimitives.ReadUInt16LittleEndian(optional);
        int directory = (magic == 0x20B ? Pe32PlusDirectories : Pe32Directories) + (ComDescriptor * 8);
        if (magic is not (0x10B or 0x20B) || optional.Length < directory + 8
            || !TrySlice(image, optionalOffset + optionalSize, sectionCount * SectionHeaderSize, out ReadOnlySpan<byte> sections))
        {
            return -1;
        }

        uint corRva = BinaryPrimitives.ReadUInt32LittleEndian(optional[directory..]);
        if (corRva == 0 || !TrySlice(image, ToOffset(sections, corRva), 16, out ReadOnlySpan<byte> cor))
        {
            return -1;
        }

        long root = ToOffset(sections, BinaryPrimitives.ReadUInt32LittleEndian(cor[8..]));
        return root >= 0 && root < image.Length ? (int)root : -1;
    }

    private static bool TrySlice(ReadOnlySpan<byte> image, long offset, int length, out ReadOnlySpan<byte> slice)
    {
        bool inside = offset >= 0 && offset <= image.Length - length;
        slice = inside ? image.Slice((int)offset, length) : default;
        return inside;
    }

    private static long ToOffset(ReadOnlySpan<byte> sections, uint rva)
    {
        for (; sections.Length >= SectionHeaderSize; sections = sections[SectionHeaderSize..])
        {
            uint start = BinaryPrimitives.ReadUInt32LittleEndian(sections[12..]);
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(sections[16..]);
            if (rva >= start && rva - start < size)
            {
                return (long)BinaryPrimitives.ReadUInt32LittleEndian(sections[20..]) + (rva - start);
            }
        }

        return -1;
    }
}
