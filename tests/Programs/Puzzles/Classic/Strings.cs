using System.Text;
using Edgewise.Annotations;

namespace Puzzles.Classic;

/// <summary>Strings that are compared with the framework's methods. Text is Latin-1, a byte a character, which is what C compares.</summary>
public static class Strings
{
    /// <summary>Three strings in a row, each copied out before it is compared.</summary>
    [FuzzTarget("StrcmpTest")]
    public static void InRow(ReadOnlySpan<byte> input)
    {
        if (BeginsWith(input, "ABC") && input.Length >= 3 && BeginsWith(input[3..], "QWER") && input.Length >= 7 && BeginsWith(input[7..], "ZXCVN"))
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>Four parts of a string, and one more compare that leads nowhere.</summary>
    [FuzzTarget("StrncmpTest")]
    public static void Parts(ReadOnlySpan<byte> input)
    {
        string text = Encoding.Latin1.GetString(input);
        if (text.Length >= 8 && string.CompareOrdinal(text, 0, "123", 0, 8) != 0)
        {
            Sink.Number = 1;
        }

        if (text.Length >= 8 && string.CompareOrdinal(text, 0, "01234567", 0, 8) == 0
            && text.Length >= 12 && string.CompareOrdinal(text, 8, "ABCD", 0, 4) == 0
            && text.Length >= 14 && string.CompareOrdinal(text, 12, "XY", 0, 2) == 0
            && text.Length >= 17 && string.CompareOrdinal(text, 14, "KLM", 0, 3) == 0)
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>Three strings that may stand anywhere; the first two before the first null.</summary>
    [FuzzTarget("StrstrTest")]
    public static void Anywhere(ReadOnlySpan<byte> input)
    {
        if (input.Length < 4)
        {
            return;
        }

        int end = input.IndexOf((byte)0);
        string text = Encoding.Latin1.GetString(end < 0 ? input : input[..end]);
        if (text.Contains("FUZZ", StringComparison.Ordinal) && text.Contains("aBcD", StringComparison.OrdinalIgnoreCase) && input.IndexOf("kuku"u8) >= 0)
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>One string.</summary>
    [FuzzTarget("SingleStrcmpTest")]
    public static void One(ReadOnlySpan<byte> input)
    {
        if (input.Length >= 7 && Encoding.Latin1.GetString(input[..6]) == "qwerty")
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>The whole input as a string, compared with the right one and with a wrong one.</summary>
    [FuzzTarget("CxxStringEqTest")]
    public static void Whole(ReadOnlySpan<byte> input)
    {
        string text = Encoding.Latin1.GetString(input);
        bool isRight = text == "FooBar";
        Sink.Number = Convert.ToInt32(text == "123456");
        if (isRight)
        {
            throw new PuzzleSolvedException();
        }
    }

    private static bool BeginsWith(ReadOnlySpan<byte> input, string expected) =>
        input.Length >= expected.Length && string.Equals(Encoding.Latin1.GetString(input[..expected.Length]), expected, StringComparison.Ordinal);
}
