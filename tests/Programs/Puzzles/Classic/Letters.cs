using Edgewise.Annotations;

namespace Puzzles.Classic;

/// <summary>Letters at fixed places: nested, so that each is an edge of its own, or independent of each other, so that only all together show.</summary>
public static class Letters
{
    /// <summary>Three letters, one behind the other.</summary>
    [FuzzTarget("SimpleTest")]
    public static void Nested(ReadOnlySpan<byte> input)
    {
        if (input.Length > 0 && input[0] == 'H')
        {
            Sink.Number = 1;
            if (input.Length > 1 && input[1] == 'i')
            {
                Sink.Number = 2;
                if (input.Length > 2 && input[2] == '!')
                {
                    throw new PuzzleSolvedException();
                }
            }
        }
    }

    /// <summary>Four letters that are looked at whatever the others are.</summary>
    [FuzzTarget("FourIndependentBranchesTest")]
    public static void FourIndependent(ReadOnlySpan<byte> input)
    {
        int seen = 0;
        if (input.Length > 0 && input[0] == 'F')
        {
            seen |= 1;
        }

        if (input.Length > 1 && input[1] == 'U')
        {
            seen |= 2;
        }

        if (input.Length > 2 && input[2] == 'Z')
        {
            seen |= 4;
        }

        if (input.Length > 3 && input[3] == 'Z')
        {
            seen |= 8;
        }

        if (seen == 15)
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>Six letters that are looked at whatever the others are.</summary>
    [FuzzTarget("FullCoverageSetTest")]
    public static void SixIndependent(ReadOnlySpan<byte> input)
    {
        int seen = 0;
        if (input.Length > 0 && input[0] == 'F')
        {
            seen |= 1;
        }

        if (input.Length > 1 && input[1] == 'U')
        {
            seen |= 2;
        }

        if (input.Length > 2 && input[2] == 'Z')
        {
            seen |= 4;
        }

        if (input.Length > 3 && input[3] == 'Z')
        {
            seen |= 8;
        }

        if (input.Length > 4 && input[4] == 'E')
        {
            seen |= 16;
        }

        if (input.Length > 5 && input[5] == 'R')
        {
            seen |= 32;
        }

        if (seen == 63)
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>At least four places that hold the letter of their number.</summary>
    [FuzzTarget("CounterTest")]
    public static void Alphabet(ReadOnlySpan<byte> input)
    {
        int count = 0;
        for (int i = 0; i < input.Length; i++)
        {
            if (input[i] == 'A' + i)
            {
                count++;
            }
        }

        if (count >= 4)
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>Twenty times the same letter in a row, counted without a branch that coverage could see.</summary>
    [FuzzTarget("RepeatedBytesTest")]
    public static void Run(ReadOnlySpan<byte> input)
    {
        int current = 0, longest = 0;
        for (int i = 0; i < input.Length; i++)
        {
            current = Convert.ToInt32(input[i] == 'A') * (current + 1);
            int isLonger = Convert.ToInt32(current > longest);
            longest = (isLonger * current) + ((1 - isLonger) * longest);
        }

        if (longest >= 20)
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>Two words in a row, letter by letter; only the number of letters that agree is looked at.</summary>
    [FuzzTarget("SimpleDictionaryTest")]
    public static void Words(ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> expected = "ElvisPresley"u8;
        if (input.Length < expected.Length)
        {
            return;
        }

        int agreeing = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] + (Sink.Number >> 30) == input[i])
            {
                agreeing++;
            }
        }

        if (agreeing == expected.Length)
        {
            throw new PuzzleSolvedException();
        }
    }
}
