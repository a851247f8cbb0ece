using System.Globalization;
using System.Text;

namespace Edgewise.Fuzzing.Guidance;

/// <summary>
/// Looks in the input for a number that the target compared, in the forms in which inputs carry numbers, and puts the other side in its place: both byte
/// orders, all widths, varints, decimal and hexadecimal digits.
/// </summary>
/// <remarks>Input-to-state correspondence: Aschermann, Schumilo, Blazytko, Gawlik, Holz: REDQUEEN (NDSS 2019).</remarks>
internal static class NumberSubstitution
{
    private const int MostPlaces = 24;
    private const int FewPlaces = 12;
    private const int FewestPlaces = 3;
    private const int HexFrom = 10;
    private const int VarintBits = 7;
    private const byte VarintMore = 1 << VarintBits;
    private const int BitsPerByte = 8;
    private const int MostFields = 4;

    // The neighbours too: a comparison does not tell what its branch wants. They come first, since equality may be gone on with.
    private static ReadOnlySpan<sbyte> Offsets => [-1, 1, 0];

    /// <summary>Tries all forms.</summary>
    /// <param name="candidates">Takes them.</param>
    /// <param name="observed">The side that the input is looked through for, zero-extended.</param>
    /// <param name="wanted">The other side.</param>
    /// <param name="width">Bytes that were compared.</param>
    public static bool Try(ICandidates candidates, ulong observed, ulong wanted, int width)
    {
        foreach (NumberForm form in NumberForm.Of(width))
        {
            if (!form.Fits(observed, width))
            {
                continue;
            }

            foreach (sbyte offset in Offsets)
            {
                ulong value = NumberForm.Cut(wanted + (ulong)(long)offset, width);
                if (form.Fits(value, width) && Places.TryAll(candidates, form.Encode(observed), form.Encode(value), PlacesOf(observed, form)))
                {
                    return true;
                }
            }
        }

        // Of one byte they are what was tried above.
        return (Math.Max(observed, wanted) >= VarintMore && Places.TryAll(candidates, Varint(observed), Varint(wanted), MostPlaces))
            || TryText(candidates, observed, wanted, width) || TryFields(candidates, observed, wanted);
    }

    // The high or the low bits of a byte, as in the heads of protocols.
    private static bool TryFields(ICandidates candidates, ulong observed, ulong wanted)
    {
        for (int bits = 1; bits < BitsPerByte; bits++)
        {
            ulong mask = (1UL << bits) - 1;
            if (observed <= mask && wanted <= mask && (TryField(candidates, observed, wanted, BitsPerByte - bits, mask) || TryField(candidates, observed, wanted, 0, mask)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryField(ICandidates candidates, ulong observed, ulong wanted, int shift, ulong mask)
    {
        int places = 0;
        for (int i = 0; i < candidates.Baseline.Length && places < MostFields; i++)
        {
            byte value = candidates.Baseline[i];
            if ((((ulong)value >> shift) & mask) == observed)
            {
                places++;
                // That was tried as a whole byte.
                bool isWhole = shift == 0 && value == observed;
                if (!isWhole && candidates.Try(i, 1, [(byte)((value & ~(mask << shift)) | (wanted << shift))]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Zeros and ones stand everywhere, the wider the number the more of them side by side.
    private static int PlacesOf(ulong observed, NumberForm form) => observed > 1 ? MostPlaces : form.Bytes == 1 ? FewPlaces : FewestPlaces;

    // Seven bits a byte, the low ones first: what protocols call a varint, LEB128 in DWARF.
    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= VarintMore; value >>= VarintBits)
        {
            bytes.Add((byte)(value | VarintMore));
        }

        return [.. bytes, (byte)value];
    }

    private static bool TryText(ICandidates candidates, ulong observed, ulong wanted, int width)
    {
        foreach (sbyte offset in Offsets)
        {
            ulong value = NumberForm.Cut(wanted + (ulong)(long)offset, width);
            if (TryText(candidates, NumberForm.Signed(observed, width).ToString(CultureInfo.InvariantCulture), NumberForm.Signed(value, width).ToString(CultureInfo.InvariantCulture)))
            {
                return true;
            }

            if (NumberForm.Signed(observed, width) < 0 && TryText(candidates, observed.ToString(CultureInfo.InvariantCulture), value.ToString(CultureInfo.InvariantCulture)))
            {
                return true;
            }

            if (observed >= HexFrom
                && (TryText(candidates, observed.ToString("x", CultureInfo.InvariantCulture), value.ToString("x", CultureInfo.InvariantCulture))
                    || TryText(candidates, observed.ToString("X", CultureInfo.InvariantCulture), value.ToString("X", CultureInfo.InvariantCulture))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryText(ICandidates candidates, string observed, string wanted) =>
        Places.TryAll(candidates, Encoding.ASCII.GetBytes(observed), Encoding.ASCII.GetBytes(wanted), MostPlaces);
}
