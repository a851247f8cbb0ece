using System.Buffers;
using System.Buffers.Binary;
using Edgewise.Annotations;

namespace Puzzles.Documents;

/// <summary>An image of a memory in the text of Intel HEX: a record a line in hexadecimal digits, each with a count, an address, a type and a sum.</summary>
public static class HexImages
{
    private const int PrefixSize = 4;
    private const int ChecksumSize = 1;
    private const int MostData = byte.MaxValue;
    private const uint LoaderAddress = 0x0801_F800;

    private enum RecordType : byte
    {
        Data = 0,
        End = 1,
        UpperAddress = 4,
        Entry = 5,
    }

    /// <summary>Loads an image, which must be whole and have the mark of the loader at its place.</summary>
    [FuzzTarget("document-hex")]
    public static void Load(string text)
    {
        Span<byte> buffer = stackalloc byte[PrefixSize + MostData + ChecksumSize];
        uint upper = 0;
        bool hasLoader = false;
        foreach (string line in text.Split('\n'))
        {
            if (!TryReadRecord(line.TrimEnd('\r'), buffer, out ReadOnlySpan<byte> record))
            {
                return;
            }

            ReadOnlySpan<byte> data = record[PrefixSize..^ChecksumSize];
            switch ((RecordType)record[3])
            {
                case RecordType.Data:
                    uint address = upper + BinaryPrimitives.ReadUInt16BigEndian(record[1..]);
                    hasLoader |= address == LoaderAddress && data.StartsWith("BOOT"u8);
                    break;
                case RecordType.UpperAddress when data.Length == sizeof(ushort):
                    upper = (uint)BinaryPrimitives.ReadUInt16BigEndian(data) << 16;
                    break;
                case RecordType.Entry when data.Length == sizeof(uint):
                    break;
                case RecordType.End when data.IsEmpty:
                    if (hasLoader)
                    {
                        throw new PuzzleSolvedException();
                    }

                    return;
                default:
                    return;
            }
        }
    }

    private static bool TryReadRecord(string line, Span<byte> buffer, out ReadOnlySpan<byte> record)
    {
        record = default;
        if (!line.StartsWith(':') || Convert.FromHexString(line.AsSpan(1), buffer, out _, out int size) != OperationStatus.Done
            || size < PrefixSize + ChecksumSize || size != PrefixSize + buffer[0] + ChecksumSize)
        {
            return false;
        }

        // All bytes of a record, the last among them, have a sum of zero.
        byte sum = 0;
        foreach (byte value in buffer[..size])
        {
            sum = unchecked((byte)(sum + value));
        }

        record = buffer[..size];
        return sum == 0;
    }
}
