using System.Globalization;
using System.Numerics;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Cheats;

/// <summary>The address of a private key. For tests only: it takes as long as the key says, which would give away a real one. Source: SEC 2, section 2.4.1.</summary>
internal static class Secp256k1
{
    private static readonly BigInteger Prime = Hexadecimal("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"),
        Order = Hexadecimal("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
        X = Hexadecimal("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
        Y = Hexadecimal("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");

    /// <summary>The address, or null for a number that is no key.</summary>
    public static EvmWord? AddressOf(EvmWord key)
    {
        BigInteger number = key.ToInteger();
        if (number.IsZero || number >= Order)
        {
            return null;
        }

        (BigInteger X, BigInteger Y)? sum = null, power = (X, Y);
        for (; !number.IsZero; number >>= 1)
        {
            sum = number.IsEven ? sum : Add(sum, power);
            power = Add(power, power);
        }

        return Keccak256.Hash([.. EvmWord.FromInteger(sum!.Value.X).ToBytes(), .. EvmWord.FromInteger(sum.Value.Y).ToBytes()]).Address;
    }

    private static (BigInteger X, BigInteger Y)? Add((BigInteger X, BigInteger Y)? first, (BigInteger X, BigInteger Y)? second)
    {
        if (first is not { } a || second is not { } b)
        {
            return first ?? second;
        }

        if (a.X == b.X && a.Y != b.Y)
        {
            return null;
        }

        BigInteger slope = a == b ? 3 * a.X * a.X * Inverse(2 * a.Y) : (b.Y - a.Y) * Inverse(Modulo(b.X - a.X));
        BigInteger x = Modulo((slope * slope) - a.X - b.X);
        return (x, Modulo((slope * (a.X - x)) - a.Y));
    }

    private static BigInteger Inverse(BigInteger number) => BigInteger.ModPow(number, Prime - 2, Prime);

    private static BigInteger Modulo(BigInteger number) => ((number % Prime) + Prime) % Prime;

    private static BigInteger Hexadecimal(string digits) => BigInteger.Parse("0" + digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
