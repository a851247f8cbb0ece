using Edgewise.Annotations;

namespace Puzzles.Classic;

/// <summary>Blocks of bytes that are compared as a whole.</summary>
public static class Blocks
{
    /// <summary>Five blocks in a row.</summary>
    [FuzzTarget("MemcmpTest")]
    public static void InRow(ReadOnlySpan<byte> input)
    {
        if (input.Length >= 8 && input[..8].SequenceEqual("01234567"u8)
            && input.Length >= 12 && input.Slice(8, 4).SequenceEqual("ABCD"u8)
            && input.Length >= 14 && input.Slice(12, 2).SequenceEqual("XY"u8)
            && input.Length >= 17 && input.Slice(14, 3).SequenceEqual("KLM"u8)
            && input.Length >= 27 && input.Slice(17, 10).SequenceEqual("ABCDE-GHIJ"u8))
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>A block of 64 bytes.</summary>
    [FuzzTarget("Memcmp64BytesTest")]
    public static void SixtyFour(ReadOnlySpan<byte> input)
    {
        if (input.Length >= 64 && input[..64].SequenceEqual("123456789 123456789 123456789 123456789 123456789 123456789 1234"u8))
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>One block.</summary>
    [FuzzTarget("SingleMemcmpTest")]
    public static void One(ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> needle = "Some long string"u8;
        if (input.Length >= needle.Length && input[..needle.Length].SequenceEqual(needle))
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>Two blocks, each more than ten times.</summary>
    [FuzzTarget("RepeatedMemcmp")]
    public static void Repeated(ReadOnlySpan<byte> input)
    {
        int first = 0;
        for (int i = 0; i + 2 < input.Length; i += 3)
        {
            if (input.Slice(i, 3).SequenceEqual("foo"u8))
            {
                first++;
            }
        }

        int second = 0;
        for (int i = 0; i + 2 < input.Length; i += 3)
        {
            if (input.Slice(i, 3).SequenceEqual("bar"u8))
            {
                second++;
            }
        }

        if (first > 10 && second > 10)
        {
            throw new PuzzleSolvedException();
        }
    }
}
