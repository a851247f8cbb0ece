using System.Buffers.Binary;
using Edgewise.Annotations;

namespace Puzzles.Further;

/// <summary>Numbers that are narrower than a byte or cross its border.</summary>
public static class BitFields
{
    /// <summary>Five fields and a length in a header of 32 bits, as a frame of sound or of a network begins.</summary>
    [FuzzTarget("further-bit-fields")]
    public static void Header(ReadOnlySpan<byte> input)
    {
        if (input.Length < sizeof(uint))
        {
            return;
        }

        uint header = BinaryPrimitives.ReadUInt32BigEndian(input);
        uint marker = header >> 26, version = (header >> 23) & 0x7, kind = (header >> 18) & 0x1F, mode = (header >> 15) & 0x7, channel = (header >> 11) & 0xF;
        if (marker != 0x2D || version != 5)
        {
            return;
        }

        Sink.Number = (int)kind;
        if (kind == 19 && mode == 6 && channel == 11 && (header & 0x7FF) == input.Length - sizeof(uint))
        {
            throw new PuzzleSolvedException();
        }
    }
}
