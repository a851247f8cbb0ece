using System.Text;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>Looks in the input for a sequence that the target compared, and puts the other side in its place: as it is, as UTF-8, as the text of a GUID, and where it is a value in the forms of that.</summary>
internal static class SequenceSubstitution
{
    private const int MostPlaces = 8;
    private const int GuidSize = 16;
    private const int MostEmpty = 8;
    private const int MostGaps = 32;
    private const int LongestField = sizeof(int);
    private const int LengthDistance = 16;

    private static readonly string[] GuidFormats = ["D", "N", "B", "P"];

    /// <summary>Tries all forms.</summary>
    /// <param name="candidates">Takes them.</param>
    /// <param name="observed">The side that the input is looked through for; its first bytes, if it is long.</param>
    /// <param name="observedLength">Bytes of the whole side.</param>
    /// <param name="wanted">The other side.</param>
    /// <param name="isText">True for characters of two bytes.</param>
    public static bool Try(ICandidates candidates, ReadOnlySpan<byte> observed, int observedLength, ReadOnlySpan<byte> wanted, bool isText)
    {
        if (isText)
        {
            byte[] narrowObserved = Narrow(observed), narrowWanted = Narrow(wanted);
            bool isWhole = observed.Length == observedLength;
            if (TryForm(candidates, narrowObserved, isWhole, narrowWanted)
                || (isWhole && ValueSubstitution.Try(candidates, Encoding.UTF8.GetString(narrowObserved), Encoding.UTF8.GetString(narrowWanted))))
            {
                return true;
            }
        }
        else if (observed.Length == GuidSize && wanted.Length == GuidSize && TryGuid(candidates, new Guid(observed), new Guid(wanted)))
        {
            return true;
        }

        return TryForm(candidates, observed, observed.Length == observedLength, wanted)
            || TryEscaped(candidates, isText ? Narrow(observed) : observed, observed.Length == observedLength, isText ? Narrow(wanted) : wanted)
            || (isText && !observed.IsEmpty && TryForm(candidates, Swap(observed), observed.Length == observedLength, Swap(wanted)));
    }

    /// <summary>Characters as UTF-8; a half of a pair becomes a question mark.</summary>
    public static byte[] Narrow(ReadOnlySpan<byte> characters) => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(characters));

    private static bool TryEscaped(ICandidates candidates, ReadOnlySpan<byte> observed, bool isWhole, ReadOnlySpan<byte> wanted)
    {
        foreach (TextEscape escape in Ascii.IsValid(wanted) ? TextEscape.All : [])
        {
            byte[]? written = escape.Encode(wanted), pattern = escape.Encode(observed);
            if ((written is not null || pattern is not null) && TryForm(candidates, pattern ?? observed, isWhole, written ?? wanted))
            {
                return true;
            }
        }

        return false;
    }

    // UTF-16 with the high byte first.
    private static byte[] Swap(ReadOnlySpan<byte> characters)
    {
        byte[] swapped = characters.ToArray();
        for (int i = 0; i + 1 < swapped.Length; i += sizeof(char))
        {
            (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
        }

        return swapped;
    }

    // A length stands in front of many texts: it is replaced with them.
    private static bool TryCounted(ICandidates candidates, int start, int length, ReadOnlySpan<byte> wanted)
    {
        for (int width = 1; width <= LongestField; width *= 2)
        {
            foreach (NumberForm form in NumberForm.Of(width).Where(form => form.Bytes == width))
            {
                byte[] field = form.Encode((ulong)length);
                int from = Math.Max(0, start - LengthDistance);
                int place = candidates.Baseline[from..start].LastIndexOf(field);
                if (place < 0 || (width == 1 && (length > byte.MaxValue || wanted.Length > byte.MaxValue)))
                {
                    continue;
                }

                place += from;
                byte[] counted = [.. form.Encode((ulong)wanted.Length), .. candidates.Baseline[(place + width)..start], .. wanted];
                if (candidates.TryPart(place, start - place + length, counted))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool TryEmpty(ICandidates candidates, ReadOnlySpan<byte> wanted)
    {
        int start = 0;
        for (int place = 0; place < MostEmpty; place++)
        {
            ReadOnlySpan<byte> input = candidates.Baseline;
            int found = start < input.Length ? input[start..].IndexOf((byte)0) : -1;
            if (found < 0)
            {
                return false;
            }

            start += found + 1;
            if (TryCounted(candidates, start, 0, wanted))
            {
                return true;
            }
        }

        return false;
    }

    // Nothing to look for: it may be an end of the input, or what stands between two separators.
    private static bool TryNothing(ICandidates candidates, ReadOnlySpan<byte> wanted)
    {
        if (candidates.Try(candidates.Baseline.Length, 0, wanted) || candidates.Try(0, 0, wanted) || TryEmpty(candidates, wanted))
        {
            return true;
        }

        int places = 0;
        for (int place = 1; place < candidates.Baseline.Length && places < MostGaps; place++)
        {
            if (!char.IsAsciiLetterOrDigit((char)candidates.Baseline[place - 1]) || !char.IsAsciiLetterOrDigit((char)candidates.Baseline[place]))
            {
                places++;
                if (candidates.Try(place, 0, wanted))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool TryForm(ICandidates candidates, ReadOnlySpan<byte> observed, bool isWhole, ReadOnlySpan<byte> wanted)
    {
        if (observed.IsEmpty)
        {
            return TryNothing(candidates, wanted);
        }

        // The whole side by the whole other one, if they are as long; else as much of the input as the other side is long, or the side by the other.
        ReadOnlySpan<byte> pattern = observed;
        for (int attempt = 0; attempt < 2; attempt++)
        {
            int start = 0;
            for (int place = 0; place < MostPlaces; place++)
            {
                ReadOnlySpan<byte> input = candidates.Baseline;
                int found = start <= input.Length ? input[start..].IndexOf(pattern) : -1;
                if (found < 0)
                {
                    break;
                }

                start += found;
                int over = Math.Min(wanted.Length, input.Length - start);
                if (candidates.Try(start, over, wanted) || (isWhole && over != pattern.Length && candidates.Try(start, pattern.Length, wanted))
                    || (isWhole && candidates.Try(start + pattern.Length, 0, wanted))
                    || (observed.Length != wanted.Length && candidates.Try(start, 0, wanted))
                    || (isWhole && pattern.Length == observed.Length && observed.Length != wanted.Length && TryCounted(candidates, start, observed.Length, wanted)))
                {
                    return true;
                }

                start++;
            }

            // What was compared may have been made of the input but for its end.
            if (start > 0 || observed.Length < 4)
            {
                break;
            }

            pattern = observed[..(observed.Length / 2)];
        }

        return false;
    }

    private static bool TryGuid(ICandidates candidates, Guid observed, Guid wanted)
    {
        foreach (string format in GuidFormats)
        {
            byte[] replacement = Encoding.ASCII.GetBytes(wanted.ToString(format));
            byte[] lower = Encoding.ASCII.GetBytes(observed.ToString(format));
            byte[] upper = Encoding.ASCII.GetBytes(observed.ToString(format).ToUpperInvariant());
            if (Places.TryAll(candidates, lower, replacement, MostPlaces) || Places.TryAll(candidates, upper, replacement, MostPlaces))
            {
                return true;
            }
        }

        return false;
    }
}
