using System.IO.Compression;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Pdb;

/// <summary>The data of a debug directory entry that holds a portable PDB: <c>MPDB</c>, the size, and the PDB as a deflate stream.</summary>
internal static class EmbeddedPdb
{
    private const uint Signature = 0x4244_504D;
    private const int HeaderLength = 8;
    private const string Place = "embedded PDB";

    // Deflate packs at most 1032 to 1, so a larger size is damage, and not worth its memory.
    private const long LargestRatio = 1032;

    // A stored block has one byte for its kind, a length of 16 bits and the length's complement (RFC 1951, 3.2.4).
    private const int LongestBlock = 0xFFFF;
    private const int BlockHeaderLength = 5;

    /// <summary>Unpacks the PDB.</summary>
    /// <param name="image">The whole file.</param>
    /// <param name="entry">The entry.</param>
    /// <exception cref="InstrumentationException">The data is damaged (<see cref="MetadataDiagnostics.DamagedSymbols"/>).</exception>
    public static byte[] Inflate(byte[] image, DebugDirectoryEntry entry)
    {
        ByteCursor cursor = new(DebugDirectory.Data(image, entry), MetadataDiagnostics.DamagedSymbols, Place);
        if (cursor.UInt32() != Signature)
        {
            throw Damaged("does not start with MPDB");
        }

        uint length = cursor.UInt32();
        if (length > Math.Min((long)Array.MaxLength, cursor.Remaining * LargestRatio))
        {
            throw Damaged($"claims {length} bytes, which {cursor.Remaining} packed ones cannot hold");
        }

        byte[] pdb = new byte[length];
        try
        {
            using DeflateStream inflate = new(
                new MemoryStream(image, entry.DataPosition + HeaderLength, cursor.Remaining), CompressionMode.Decompress);
            int read = inflate.ReadAtLeast(pdb, pdb.Length, throwOnEndOfStream: false);
            return read == pdb.Length && inflate.ReadByte() < 0 ? pdb : throw Damaged($"does not unpack to the {length} bytes that it claims");
        }
        catch (InvalidDataException error)
        {
            throw Damaged(error.Message);
        }
    }

    /// <summary>The entry's data for a PDB.</summary>
    /// <remarks>
    /// Stored, not compressed: what a compressor makes of the same bytes depends on its version and on the machine's vector instructions, and
    /// output must be the same everywhere. Any reader of deflate takes stored blocks.
    /// </remarks>
    public static byte[] Store(ReadOnlySpan<byte> pdb)
    {
        int blocks = Math.Max(1, (pdb.Length + LongestBlock - 1) / LongestBlock);
        ByteBuffer output = new(HeaderLength + pdb.Length + (blocks * BlockHeaderLength));
        output.WriteUInt32(Signature);
        output.WriteInt32(pdb.Length);
        for (int block = 1; block <= blocks; block++)
        {
            ReadOnlySpan<byte> content = pdb[..Math.Min(LongestBlock, pdb.Length)];
            output.WriteByte(block == blocks ? (byte)1 : (byte)0);
            output.WriteUInt16((ushort)content.Length);
            output.WriteUInt16((ushort)~content.Length);
            output.WriteBytes(content);
            pdb = pdb[content.Length..];
        }

        return output.ToArray();
    }

    private static InstrumentationException Damaged(string what) => new(MetadataDiagnostics.DamagedSymbols, $"{Place}: {what}");
}
