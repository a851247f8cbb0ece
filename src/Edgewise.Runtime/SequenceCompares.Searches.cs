namespace Edgewise.Runtime;

/// <content>Searches in strings: what is looked for is compared with the text from where it stands, or with the whole text where it does not.</content>
public static unsafe partial class SequenceCompares
{
    private const int MostSeparators = 8;

    /// <summary>A string, and another that is looked for.</summary>
    public static void Search(string? left, string? right, byte* slot, nint callback, int site)
    {
        if (left is not null && right is not null)
        {
            Strings(left.AsSpan(Math.Max(0, left.IndexOf(right, StringComparison.Ordinal))), right.AsSpan(), slot, callback, site);
        }
    }

    /// <summary>A string, and a character that is looked for.</summary>
    public static void Search(string? left, char right, byte* slot, nint callback, int site)
    {
        if (left is not null)
        {
            Strings(left.AsSpan(Math.Max(0, left.IndexOf(right, StringComparison.Ordinal))), new ReadOnlySpan<char>(in right), slot, callback, site);
        }
    }

    /// <summary>A string, and what it is split by: each place of it.</summary>
    public static void Split(string? left, string? right, byte* slot, nint callback, int site)
    {
        if (left is not null && right is { Length: > 0 })
        {
            Split(left.AsSpan(), right.AsSpan(), slot, callback, site);
        }
    }

    /// <summary>A string, and the character that it is split by: each place of it.</summary>
    public static void Split(string? left, char right, byte* slot, nint callback, int site)
    {
        if (left is not null)
        {
            Split(left.AsSpan(), new ReadOnlySpan<char>(in right), slot, callback, site);
        }
    }

    /// <summary>A string and some characters, any of which is looked for; another one each time.</summary>
    public static void AnyOf(string? left, char[]? any, byte* slot, nint callback, int site) => AnyOf(left, any.AsSpan(), slot, callback, site);

    /// <summary>A string and some characters, any of which is looked for; another one each time.</summary>
    public static void AnyOf(string? left, ReadOnlySpan<char> any, byte* slot, nint callback, int site)
    {
        for (int offer = any.IsEmpty ? 0 : Offers(any.Length, callback); offer > 0; offer--)
        {
            Split(left, any[(int)(Turn(slot) % (uint)any.Length)], slot, callback, site);
        }
    }

    /// <summary>A string and some others, any of which is looked for; another one each time.</summary>
    public static void AnyOf(string? left, string[]? any, byte* slot, nint callback, int site)
    {
        for (int offer = any is not { Length: > 0 } ? 0 : Offers(any.Length, callback); offer > 0; offer--)
        {
            Split(left, any![Turn(slot) % (uint)any.Length], slot, callback, site);
        }
    }

    private static void Split(ReadOnlySpan<char> left, ReadOnlySpan<char> right, byte* slot, nint callback, int site)
    {
        int found = left.IndexOf(right);
        if (found < 0)
        {
            Strings(left, right, slot, callback, site);
        }

        // A slot keeps the last one only.
        for (int place = 0; place < MostSeparators && found >= 0; place++)
        {
            left = left[found..];
            Strings(left, right, slot, callback, site);
            int next = left[right.Length..].IndexOf(right);
            found = callback == 0 || next < 0 ? -1 : next + right.Length;
        }
    }

    private static void Strings(ReadOnlySpan<char> left, ReadOnlySpan<char> right, byte* slot, nint callback, int site) =>
        Record(Bytes(left), Bytes(right), true, false, slot, callback, site);
}
