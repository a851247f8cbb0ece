using System.Buffers.Binary;
using Edgewise.Annotations;

namespace Puzzles.Magic;

/// <summary>Content behind an encoding.</summary>
public static class Encodings
{
    private const byte Answer = 0x2C;

    /// <summary>Lengths within lengths, each of which must be what is left.</summary>
    [FuzzTarget("magic-lengths")]
    public static void Lengths(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(input) != input.Length - 2)
        {
            return;
        }

        ReadOnlySpan<byte> section = input[2..];
        if (section.Length < 4 || BinaryPrimitives.ReadInt32LittleEndian(section) != section.Length - 4)
        {
            return;
        }

        ReadOnlySpan<byte> item = section[4..];
        if (item.Length >= 8 && item[0] == item.Length - 1 && item[1] == Answer)
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>A text in base64.</summary>
    [FuzzTarget("magic-base64")]
    [Expects(typeof(FormatException))]
    public static void Base64(string text)
    {
        byte[] content = Convert.FromBase64String(text);
        if (content.AsSpan().SequenceEqual("token:edgewise"u8))
        {
            throw new PuzzleSolvedException();
        }
    }
}
