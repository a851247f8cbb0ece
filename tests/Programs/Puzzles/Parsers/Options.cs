using System.Buffers.Binary;
using System.Text;
using Edgewise.Annotations;

namespace Puzzles.Parsers;

/// <summary>Options of a type, a length and a value each, behind a signature, with a CRC-16 of all of it at the end.</summary>
public static class Options
{
    private const byte LevelType = 0x05;
    private const byte OwnerType = 0x0C;
    private const int TrailerSize = 2;

    /// <summary>Reads the options; level and owner must be right.</summary>
    [FuzzTarget("parser-options")]
    public static void Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 2 + TrailerSize || !file.StartsWith("OP"u8))
        {
            return;
        }

        ReadOnlySpan<byte> content = file[..^TrailerSize];
        if (Checksum(content) != BinaryPrimitives.ReadUInt16LittleEndian(file[^TrailerSize..]))
        {
            return;
        }

        int level = 0;
        string owner = "";
        for (ReadOnlySpan<byte> rest = content[2..]; rest.Length >= 2;)
        {
            int length = rest[1];
            if (rest.Length < 2 + length)
            {
                return;
            }

            ReadOnlySpan<byte> value = rest.Slice(2, length);
            switch (rest[0])
            {
                case LevelType when length == sizeof(ushort):
                    level = BinaryPrimitives.ReadUInt16BigEndian(value);
                    break;
                case OwnerType:
                    owner = Encoding.ASCII.GetString(value);
                    break;
                default:
                    break;
            }

            rest = rest[(2 + length)..];
        }

        if (level == 613 && owner == "harbour")
        {
            throw new PuzzleSolvedException();
        }
    }

    // CRC-16 of XMODEM, bit by bit.
    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        int crc = 0;
        foreach (byte value in bytes)
        {
            crc ^= value << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }

        return (ushort)crc;
    }
}
