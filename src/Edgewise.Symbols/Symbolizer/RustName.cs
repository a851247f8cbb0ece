using System.Globalization;
using System.Text;

namespace Edgewise.Symbols.Symbolizer;

/// <summary>
/// Finishes names of Rust's older mangling, which is C++'s with more in it: characters that C++ has no letters for, and a hash at the end. LLVM takes them for C++, and leaves
/// these as they are; names of the mangling of today (<c>_R…</c>) it knows.
/// </summary>
/// <remarks>Rust reference, "Symbol mangling", legacy: <c>$LT$</c> and its kind, <c>$u7b$</c> by code point, <c>..</c> between parts of a path, an underscore before a part that begins with <c>$</c>.</remarks>
internal static class RustName
{
    private const int HashLength = 16;
    private const string HashStart = "::h";

    /// <summary>The name as the source has it; a name of another language stays.</summary>
    public static string Plain(string name)
    {
        int end = name.Length - HashLength - HashStart.Length;
        if (end <= 0 || string.CompareOrdinal(name, end, HashStart, 0, HashStart.Length) != 0 || !IsHash(name.AsSpan(end + HashStart.Length)))
        {
            return name;
        }

        StringBuilder plain = new(end);
        bool startsPart = true;
        for (int i = 0; i < end;)
        {
            if (startsPart && name[i] == '_' && i + 1 < end && name[i + 1] == '$')
            {
                i++;
            }

            startsPart = false;
            if (name[i] == '$' && name.IndexOf('$', i + 1) is > 0 and int close && close < end && CharacterOf(name.AsSpan(i + 1, close - i - 1)) is { } character)
            {
                plain.Append(character);
                i = close + 1;
            }
            else if (name[i] == '.' && i + 1 < end && name[i + 1] == '.')
            {
                plain.Append("::");
                i += 2;
            }
            else
            {
                startsPart = name[i] == ':';
                plain.Append(name[i++]);
            }
        }

        return plain.ToString();
    }

    private static bool IsHash(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (!char.IsAsciiHexDigitLower(character))
            {
                return false;
            }
        }

        return true;
    }

    private static string? CharacterOf(ReadOnlySpan<char> code) => code switch
    {
        "LT" => "<",
        "GT" => ">",
        "LP" => "(",
        "RP" => ")",
        "RF" => "&",
        "BP" => "*",
        "SP" => "@",
        "C" => ",",
        ['u', .. var hex] when int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int point) && Rune.IsValid(point) => new Rune(point).ToString(),
        _ => null,
    };
}
