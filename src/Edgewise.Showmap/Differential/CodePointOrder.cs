namespace Edgewise.Showmap.Differential;

/// <summary>Orders text by code points, as Python does; UTF-16 code units would put U+E000–U+FFFF behind everything above U+FFFF.</summary>
public sealed class CodePointOrder : IComparer<string>
{
    private const int Surrogates = 0xD800, BehindSurrogates = 0xE000;

    private CodePointOrder() { }

    /// <summary>The order.</summary>
    public static CodePointOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> first = x, second = y;
        int same = first.CommonPrefixLength(second);
        return same == first.Length || same == second.Length
            ? first.Length.CompareTo(second.Length)
            : Rank(first[same]).CompareTo(Rank(second[same]));
    }

    // Surrogates stand for what lies above all others.
    private static int Rank(char unit) => unit switch
    {
        < (char)Surrogates => unit,
        < (char)BehindSurrogates => unit + 0x2000,
        _ => unit - 0x800,
    };
}
