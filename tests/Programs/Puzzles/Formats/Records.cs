using System.Buffers.Binary;
using Edgewise.Annotations;

namespace Puzzles.Formats;

/// <summary>A file of records, each with a type, a length, a body and a checksum over the body, as in PNG; what a body says counts only where its checksum is right.</summary>
public static class Records
{
    private const ushort Signature = 0x7E11;
    private const int HeaderSize = 3;
    private const int ChecksumSize = 4;
    private const byte PaletteType = 0x2A;

    /// <summary>Reads all records.</summary>
    [FuzzTarget("format-records")]
    public static void Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < sizeof(ushort) || BinaryPrimitives.ReadUInt16BigEndian(file) != Signature)
        {
            return;
        }

        ReadOnlySpan<byte> rest = file[sizeof(ushort)..];
        while (rest.Length >= HeaderSize + ChecksumSize)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
            int size = HeaderSize + length + ChecksumSize;
            if (rest.Length < size)
            {
                return;
            }

            ReadOnlySpan<byte> body = rest.Slice(HeaderSize, length);
            if (Checksum(body) != BinaryPrimitives.ReadUInt32BigEndian(rest[(HeaderSize + length)..]))
            {
                return;
            }

            if (rest[0] == PaletteType)
            {
                ReadPalette(body);
            }

            rest = rest[size..];
        }
    }

    private static void ReadPalette(ReadOnlySpan<byte> body)
    {
        if (body.Length >= 6 && body[0] == 3 && BinaryPrimitives.ReadUInt32LittleEndian(body[1..]) == 0x00C0FFEE)
        {
            throw new PuzzleSolvedException();
        }
    }

    // CRC-32 of ISO 3309, bit by bit.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
