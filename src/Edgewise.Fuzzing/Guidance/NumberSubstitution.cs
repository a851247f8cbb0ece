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
    private const int HexFrom = 10;
    private const int VarintBits = 7;
    private const byte VarintMore = 1 << VarintBits;

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
                if (form.Fits(value, width) && Places.TryAll(candidates, form.Encode(observed), form.Encode(value), MostPlaces))
                {
                    return true;
                }
            }
        }

        // Of one byte they are what was tried above.
        return (Math.Max(observed, wanted) >= VarintMore && Places.TryAll(candidates, Varint(observed), Varint(wanted), MostPlaces)) || TryText(candidates, observed, wanted, width);
    }

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
