using System.Buffers.Binary;

namespace Edgewise.Instrumentation.Image;

/// <summary>The headers of a managed image: where its sections, its directories and its metadata lie. Reads only.</summary>
/// <remarks>PE format (Microsoft, "PE Format") and ECMA-335 II.25.</remarks>
internal sealed class PeImage
{
    private const int CorHeaderDirectory = 14;
    private const int CorHeaderSize = 72;
    private const int SectionHeaderSize = 40;
    private const int SignatureSize = 4;
    private const int FileHeaderSize = 20;
    private const uint ReadyToRunSignature = 0x00525452;
    private const int IlOnlyFlag = 0x01;
    private const int NativeEntryPointFlag = 0x10;

    private readonly PeSection[] _sections;

    private PeImage(byte[] bytes, int signature, PeSection[] sections, int corHeader)
    {
        Bytes = bytes;
        SignatureOffset = signature;
        _sections = sections;
        CorHeaderOffset = corHeader;
    }

    /// <summary>The whole file.</summary>
    public byte[] Bytes { get; }

    /// <summary>Position of the <c>PE\0\0</c> signature.</summary>
    public int SignatureOffset { get; }

    /// <summary>Position of the COFF file header's machine field.</summary>
    public int MachineOffset => SignatureOffset + SignatureSize;

    /// <summary>Position of the optional header.</summary>
    public int OptionalHeaderOffset => SignatureOffset + SignatureSize + FileHeaderSize;

    /// <summary>True for PE32+, whose optional header is longer.</summary>
    public bool IsPe32Plus => UInt16(OptionalHeaderOffset) == 0x20B;

    /// <summary>Position of the first section header.</summary>
    public int SectionTableOffset => OptionalHeaderOffset + UInt16(SignatureOffset + SignatureSize + 16);

    /// <summary>Alignment of sections in memory.</summary>
    public int SectionAlignment => Int32(OptionalHeaderOffset + 32);

    /// <summary>Alignment of sections in the file.</summary>
    public int FileAlignment => Int32(OptionalHeaderOffset + 36);

    /// <summary>Bytes of headers, aligned.</summary>
    public int SizeOfHeaders => Int32(OptionalHeaderOffset + 60);

    /// <summary>Position of the COR header.</summary>
    public int CorHeaderOffset { get; }

    /// <summary>The sections in the order of the file.</summary>
    public ReadOnlySpan<PeSection> Sections => _sections;

    /// <summary>Flags of the COR header.</summary>
    public int CorFlags => Int32(CorHeaderOffset + 16);

    /// <summary>Where the metadata root lies.</summary>
    public RvaRange Metadata => Directory(CorHeaderOffset + 8);

    /// <summary>Precompiled native code stands beside the IL; it would run instead of the probes.</summary>
    public bool IsReadyToRun { get; private init; }

    /// <summary>The first RVA behind all sections, aligned.</summary>
    public int NextSectionRva { get; private init; }

    /// <summary>Reads the headers.</summary>
    /// <exception cref="InstrumentationException">The file is no managed image, or one of a kind that cannot be instrumented.</exception>
    public static PeImage Read(byte[] bytes)
    {
        int signature = Signature(bytes);
        int optional = signature + SignatureSize + FileHeaderSize;
        int optionalSize = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(signature + SignatureSize + 16));
        int magic = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(optional));
        Require(magic is 0x10B or 0x20B, "the optional header is neither PE32 nor PE32+");
        int directories = optional + (magic == 0x20B ? 112 : 96);
        Require(optionalSize >= directories - optional && optional + optionalSize <= bytes.Length, "the optional header is cut off");
        PeSection[] sections = ReadSections(bytes, signature, optional + optionalSize);
        int corEntry = directories + (CorHeaderDirectory * 8);
        int directoryCount = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(directories - 4));
        int corRva = directoryCount > CorHeaderDirectory && corEntry + 8 <= optional + optionalSize
            ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(corEntry)) : 0;
        if (corRva == 0)
        {
            throw new InstrumentationException(ModuleDiagnostics.Native,
                "a native program or library without managed code; pass the .dll that 'dotnet build' makes");
        }

        int cor = OffsetOf(sections, bytes.Length, corRva, CorHeaderSize);
        Require(cor >= 0, "the COR header lies outside the sections");
        return Checked(new PeImage(bytes, signature, sections, cor)
        {
            IsReadyToRun = HasReadyToRunHeader(bytes, sections, cor),
            NextSectionRva = NextRva(bytes, sections, optional),
        });
    }

    /// <summary>Position in the file of <paramref name="size"/> bytes at an RVA, or -1 where they are not all in the file.</summary>
    public int OffsetOf(int rva, int size) => OffsetOf(_sections, Bytes.Length, rva, size);

    /// <summary>Position of a data directory's entry in the optional header, or -1 where it has no such entry.</summary>
    public int DirectoryEntry(int index)
    {
        int first = OptionalHeaderOffset + (IsPe32Plus ? 112 : 96);
        return index < Int32(first - 4) && first + ((index + 1) * 8) <= SectionTableOffset ? first + (index * 8) : -1;
    }

    /// <summary>Reads two little-endian bytes.</summary>
    public int UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(offset));

    /// <summary>Reads four little-endian bytes.</summary>
    public int Int32(int offset) => BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(offset));

    private static int Signature(byte[] bytes)
    {
        Require(bytes.Length >= 64 && bytes[0] == 'M' && bytes[1] == 'Z', "it does not begin with MZ");
        int signature = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(60));
        Require(signature >= 0 && signature <= bytes.Length - SignatureSize - FileHeaderSize - 120, "the PE header is cut off");
        Require(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(signature)) == 0x00004550, "there is no PE signature");
        return signature;
    }

    private static PeSection[] ReadSections(byte[] bytes, int signature, int table)
    {
        int count = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(signature + SignatureSize + 2));
        Require(count > 0 && table + (count * SectionHeaderSize) <= bytes.Length, "the section table is cut off");
        PeSection[] sections = new PeSection[count];
        int previousEnd = 0;
        for (int i = 0; i < count; i++)
        {
            int header = table + (i * SectionHeaderSize);
            ReadOnlySpan<byte> fields = bytes.AsSpan(header + 8, 16);
            PeSection section = new(
                header,
                BinaryPrimitives.ReadInt32LittleEndian(fields[4..]),
                BinaryPrimitives.ReadInt32LittleEndian(fields),
                BinaryPrimitives.ReadInt32LittleEndian(fields[12..]),
                BinaryPrimitives.ReadInt32LittleEndian(fields[8..]));
            Require(section is { VirtualSize: >= 0, FileOffset: >= 0, FileSize: >= 0 } && section.Rva >= previousEnd,
                $"section {i} overlaps the one before it");
            Require(section.FileSize <= bytes.Length - section.FileOffset, $"section {i} is cut off");
            Require((long)section.Rva + Math.Max(section.VirtualSize, section.FileSize) < int.MaxValue / 2, $"section {i} lies too high");
            previousEnd = section.EndRva;
            sections[i] = section;
        }

        return sections;
    }

    private static PeImage Checked(PeImage image)
    {
        Require(IsPowerOfTwo(image.SectionAlignment) && IsPowerOfTwo(image.FileAlignment), "the alignments are no powers of two");
        Require(image.SizeOfHeaders > 0 && image.SizeOfHeaders <= image.Bytes.Length
            && image.SectionTableOffset + (image._sections.Length * SectionHeaderSize) <= image.SizeOfHeaders, "the header size is wrong");
        int native = image.Int32(image.CorHeaderOffset + 64);
        bool ilOnly = (image.CorFlags & IlOnlyFlag) != 0;
        bool fixups = image.Int32(image.CorHeaderOffset + 52) != 0;
        if (!image.IsReadyToRun && (!ilOnly || fixups || native != 0 || (image.CorFlags & NativeEntryPointFlag) != 0))
        {
            throw new InstrumentationException(ModuleDiagnostics.MixedMode,
                "managed and native code in one image (C++/CLI); only pure IL and ReadyToRun images can be instrumented");
        }

        RvaRange metadata = image.Metadata;
        Require(metadata.End > metadata.Start && image.OffsetOf(metadata.Start, metadata.End - metadata.Start) >= 0,
            "the metadata lies outside the sections");
        return image;
    }

    private static bool IsPowerOfTwo(int value) => value > 0 && (value & (value - 1)) == 0;

    private static bool HasReadyToRunHeader(byte[] bytes, PeSection[] sections, int cor)
    {
        int rva = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(cor + 64));
        int offset = rva == 0 ? -1 : OffsetOf(sections, bytes.Length, rva, 4);
        return offset >= 0 && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset)) == ReadyToRunSignature;
    }

    private static int NextRva(byte[] bytes, PeSection[] sections, int optional)
    {
        int alignment = Math.Max(1, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(optional + 32)));
        return (sections[^1].EndRva + alignment - 1) / alignment * alignment;
    }

    private static int OffsetOf(PeSection[] sections, int length, int rva, int size)
    {
        foreach (PeSection section in sections)
        {
            int inside = rva - section.Rva;
            if (rva >= section.Rva && size >= 0 && inside < section.FileSize && size <= section.FileSize - inside)
            {
                return section.FileOffset + inside + size <= length ? section.FileOffset + inside : -1;
            }
        }

        return -1;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InstrumentationException(ModuleDiagnostics.NotPortableExecutable, $"not a .NET assembly, or a damaged one: {message}");
        }
    }

    private RvaRange Directory(int offset)
    {
        int rva = Int32(offset);
        return new RvaRange(rva, unchecked(rva + Int32(offset + 4)));
    }
}
