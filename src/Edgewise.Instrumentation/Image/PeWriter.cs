using System.Buffers.Binary;

namespace Edgewise.Instrumentation.Image;

/// <summary>Writes an image anew: the live pieces of its sections at their old RVAs, and one more section behind them.</summary>
internal sealed class PeWriter
{
    private const int SectionHeaderSize = 40;
    private const int CertificateDirectory = 4;
    private const int ExceptionDirectory = 3;
    private const int RelocationDirectory = 5;
    private const int BoundImportDirectory = 11;
    private const int IlOnlyFlag = 0x01;
    private const int IlLibraryFlag = 0x04;
    private const ushort MachineI386 = 0x14C;
    private const uint CodeExecuteRead = 0x60000020;

    private readonly PeImage _image;
    private readonly List<PeSection> _pieces;
    private readonly int[] _newOffsets;
    private readonly int _sizeOfHeaders;
    private readonly int _edgeOffset;
    private readonly byte[] _output;

    /// <summary>Lays out the file.</summary>
    /// <param name="image">The original.</param>
    /// <param name="pieces">What stays of its sections.</param>
    /// <param name="edge">Contents of the new section, mapped at <see cref="PeImage.NextSectionRva"/>.</param>
    /// <exception cref="InstrumentationException">The file would be larger than 2 GiB.</exception>
    public PeWriter(PeImage image, List<PeSection> pieces, ReadOnlySpan<byte> edge)
    {
        _image = image;
        _pieces = pieces;
        int alignment = image.FileAlignment;
        int headers = image.SectionTableOffset + ((pieces.Count + 1) * SectionHeaderSize);
        _sizeOfHeaders = Math.Max(image.SizeOfHeaders, RoundUp(headers, alignment));
        if (_sizeOfHeaders > image.Sections[0].Rva)
        {
            throw new InstrumentationException(ModuleDiagnostics.NoHeaderRoom, "there is no room for another section header before the first section");
        }

        _newOffsets = new int[pieces.Count];
        long position = _sizeOfHeaders;
        for (int i = 0; i < pieces.Count; i++)
        {
            _newOffsets[i] = (int)position;
            position = RoundUp(position + pieces[i].FileSize, alignment);
        }

        _edgeOffset = (int)position;
        long total = position + RoundUp(edge.Length, alignment);
        if (total > int.MaxValue)
        {
            throw new InstrumentationException(ModuleDiagnostics.TooLarge, "the instrumented image would be larger than 2 GiB");
        }

        _output = new byte[total];
        CopyContents(edge);
        WriteHeaders(edge.Length);
    }

    /// <summary>The new file.</summary>
    public byte[] Output => _output;

    /// <summary>Position in the new file of bytes that were in the original, or are in the new section; -1 where there are none.</summary>
    public int OffsetOf(int rva)
    {
        if (rva >= _image.NextSectionRva)
        {
            return rva - _image.NextSectionRva + _edgeOffset;
        }

        for (int i = 0; i < _pieces.Count; i++)
        {
            if (rva >= _pieces[i].Rva && rva < _pieces[i].Rva + _pieces[i].FileSize)
            {
                return rva - _pieces[i].Rva + _newOffsets[i];
            }
        }

        return -1;
    }

    /// <summary>Points the COR header at the new metadata and drops precompiled code.</summary>
    public void PatchCorHeader(RvaRange metadata)
    {
        int cor = OffsetOf(CorRva());
        PutInt32(cor + 8, metadata.Start);
        PutInt32(cor + 12, metadata.End - metadata.Start);
        if (_image.IsReadyToRun)
        {
            PutInt32(cor + 16, (_image.CorFlags & ~IlLibraryFlag) | IlOnlyFlag);
            PutInt32(cor + 64, 0);
            PutInt32(cor + 68, 0);
            BinaryPrimitives.WriteUInt16LittleEndian(_output.AsSpan(_image.MachineOffset), MachineI386);
            ClearDirectory(ExceptionDirectory);
            ClearDirectory(RelocationDirectory);
        }
    }

    /// <summary>Writes four bytes at a position of the new file.</summary>
    public void PutInt32(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(_output.AsSpan(offset), value);

    /// <summary>Writes bytes at a position of the new file.</summary>
    public void PutBytes(int offset, ReadOnlySpan<byte> bytes) => bytes.CopyTo(_output.AsSpan(offset));

    private static long RoundUp(long value, int alignment) => (value + alignment - 1) / alignment * alignment;

    private static int RoundUp(int value, int alignment) => (int)RoundUp((long)value, alignment);

    private int CorRva() => _image.Int32(_image.DirectoryEntry(14));

    private void CopyContents(ReadOnlySpan<byte> edge)
    {
        int fixedHeaders = _image.SectionTableOffset;
        _image.Bytes.AsSpan(0, fixedHeaders).CopyTo(_output);
        for (int i = 0; i < _pieces.Count; i++)
        {
            _image.Bytes.AsSpan(_pieces[i].FileOffset, _pieces[i].FileSize).CopyTo(_output.AsSpan(_newOffsets[i]));
        }

        edge.CopyTo(_output.AsSpan(_edgeOffset));
    }

    private void WriteHeaders(int edgeSize)
    {
        int alignment = _image.FileAlignment;
        for (int i = 0; i < _pieces.Count; i++)
        {
            PeSection piece = _pieces[i];
            int header = _image.SectionTableOffset + (i * SectionHeaderSize);
            _image.Bytes.AsSpan(piece.HeaderOffset, SectionHeaderSize).CopyTo(_output.AsSpan(header));
            WriteSectionHeader(header, piece.VirtualSize, piece.Rva, RoundUp(piece.FileSize, alignment), _newOffsets[i]);
        }

        int edge = _image.SectionTableOffset + (_pieces.Count * SectionHeaderSize);
        ".edge"u8.CopyTo(_output.AsSpan(edge));
        WriteSectionHeader(edge, edgeSize, _image.NextSectionRva, RoundUp(edgeSize, alignment), _edgeOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(_output.AsSpan(edge + 36), CodeExecuteRead);

        BinaryPrimitives.WriteUInt16LittleEndian(_output.AsSpan(_image.SignatureOffset + 6), (ushort)(_pieces.Count + 1));
        int optional = _image.OptionalHeaderOffset;
        PutInt32(optional + 56, RoundUp(_image.NextSectionRva + edgeSize, _image.SectionAlignment));
        PutInt32(optional + 60, _sizeOfHeaders);
        PutInt32(optional + 64, 0);
        ClearDirectory(CertificateDirectory);
        ClearDirectory(BoundImportDirectory);
    }

    private void WriteSectionHeader(int header, int virtualSize, int rva, int fileSize, int fileOffset)
    {
        PutInt32(header + 8, virtualSize);
        PutInt32(header + 12, rva);
        PutInt32(header + 16, fileSize);
        PutInt32(header + 20, fileSize == 0 ? 0 : fileOffset);
    }

    // A certificate's directory holds a file offset behind the sections; a bound import's data lies among the headers, which grow.
    private void ClearDirectory(int index)
    {
        int entry = _image.DirectoryEntry(index);
        if (entry >= 0)
        {
            _output.AsSpan(entry, 8).Clear();
        }
    }
}
