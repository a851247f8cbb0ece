using System.Globalization;
using System.Numerics;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>Numbers with a fixed count of digits behind the point, rounded as C and Python round them.</summary>
internal static class DecimalText
{
    /// <summary>Stands for what is no number: a part of nothing.</summary>
    public const string NotAvailable = "n/a";

    private const int MantissaBits = 52, ExponentBias = 1075, ExponentMask = 0x7FF;

    /// <summary>The number, or <see cref="NotAvailable"/>.</summary>
    public static string Of(double? value, int digits) => value is { } number ? Of(number, digits) : NotAvailable;

    /// <summary>The number. .NET rounds 0.125 to 0.13; here the exact value decides, and of two that are as near the even one.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="digits">Digits behind the point.</param>
    public static string Of(double value, int digits)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> MantissaBits) & ExponentMask;
        BigInteger mantissa = (bits & ((1L << MantissaBits) - 1)) | (exponent == 0 ? 0 : 1L << MantissaBits);
        int shift = Math.Max(exponent, 1) - ExponentBias;
        BigInteger scaled = mantissa * BigInteger.Pow(10, digits);
        scaled = shift >= 0 ? scaled << shift : Rounded(scaled, -shift);
        string text = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return $"{(bits < 0 ? "-" : "")}{text[..^digits]}{(digits > 0 ? "." : "")}{text[^digits..]}";
    }

    private static BigInteger Rounded(BigInteger value, int bits)
    {
        BigInteger whole = value >> bits, twice = (value - (whole << bits)) << 1, one = BigInteger.One << bits;
        return twice > one || (twice == one && !whole.IsEven) ? whole + 1 : whole;
    }
}
