using System.Buffers.Binary;
using Edgewise.Annotations;

namespace Puzzles.Further;

/// <summary>Places that the input itself tells.</summary>
public static class Offsets
{
    private const int HeaderSize = 64;
    private const int OffsetPlace = 60;

    /// <summary>A header that ends with the place of a tag, as that of an executable does; the tag stands somewhere behind the header.</summary>
    [FuzzTarget("further-offset")]
    public static void Tag(ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> tag = "TABLES"u8;
        if (input.Length < HeaderSize)
        {
            return;
        }

        uint place = BinaryPrimitives.ReadUInt32LittleEndian(input[OffsetPlace..]);
        if (place < HeaderSize || place > input.Length)
        {
            return;
        }

        if (input[(int)place..].StartsWith(tag))
        {
            throw new PuzzleSolvedException();
        }
    }
}
