using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Edgewise.Showmap.Evm.Words;

/// <summary>A word of the EVM: an unsigned number of 256 bits. Addresses (the low 160 bits) and hashes are words too.</summary>
/// <param name="High">Bits 192 to 255.</param>
/// <param name="Upper">Bits 128 to 191.</param>
/// <param name="Lower">Bits 64 to 127.</param>
/// <param name="Low">Bits 0 to 63.</param>
public readonly record struct EvmWord(ulong High, ulong Upper, ulong Lower, ulong Low) : IComparable<EvmWord>
{
    /// <summary>Bytes of a word.</summary>
    public const int Size = 32;

    private static readonly BigInteger Modulus = BigInteger.One << 256;

    /// <summary>0.</summary>
    public static EvmWord Zero => default;

    /// <summary>1.</summary>
    public static EvmWord One => new(0, 0, 0, 1);

    /// <summary>2^256 − 1.</summary>
    public static EvmWord MaxValue => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>True for 0.</summary>
    public bool IsZero => (High | Upper | Lower | Low) == 0;

    /// <summary>True where the number has at most 64 bits.</summary>
    public bool IsUInt64 => (High | Upper | Lower) == 0;

    /// <summary>True where the highest bit is set: negative as a two's complement.</summary>
    public bool IsNegative => (long)High < 0;

    /// <summary>The number of bits without leading zeros.</summary>
    public int BitLength => High != 0 ? 256 - BitOperations.LeadingZeroCount(High)
        : Upper != 0 ? 192 - BitOperations.LeadingZeroCount(Upper)
        : Lower != 0 ? 128 - BitOperations.LeadingZeroCount(Lower)
        : 64 - BitOperations.LeadingZeroCount(Low);

    /// <summary>The low 160 bits.</summary>
    public EvmWord Address => new(0, Upper & uint.MaxValue, Lower, Low);

    /// <summary>A number of 64 bits.</summary>
    public static implicit operator EvmWord(ulong value) => new(0, 0, 0, value);

    /// <summary>The sum, modulo 2^256.</summary>
    public static EvmWord operator +(EvmWord a, EvmWord b)
    {
        UInt128 low = (UInt128)a.Low + b.Low, lower = (UInt128)a.Lower + b.Lower + (low >> 64), upper = (UInt128)a.Upper + b.Upper + (lower >> 64);
        return new(a.High + b.High + (ulong)(upper >> 64), (ulong)upper, (ulong)lower, (ulong)low);
    }

    /// <summary>The difference, modulo 2^256.</summary>
    public static EvmWord operator -(EvmWord a, EvmWord b) => a + ~b + One;

    /// <summary>The two's complement.</summary>
    public static EvmWord operator -(EvmWord a) => ~a + One;

    /// <summary>The product, modulo 2^256.</summary>
    public static EvmWord operator *(EvmWord a, EvmWord b)
    {
        if (a.IsUInt64 && b.IsUInt64)
        {
            ulong high = Math.BigMul(a.Low, b.Low, out ulong low);
            return new(0, 0, high, low);
        }

        return FromInteger(a.ToInteger() * b.ToInteger());
    }

    /// <summary>Both.</summary>
    public static EvmWord operator &(EvmWord a, EvmWord b) => new(a.High & b.High, a.Upper & b.Upper, a.Lower & b.Lower, a.Low & b.Low);

    /// <summary>Either.</summary>
    public static EvmWord operator |(EvmWord a, EvmWord b) => new(a.High | b.High, a.Upper | b.Upper, a.Lower | b.Lower, a.Low | b.Low);

    /// <summary>One of both.</summary>
    public static EvmWord operator ^(EvmWord a, EvmWord b) => new(a.High ^ b.High, a.Upper ^ b.Upper, a.Lower ^ b.Lower, a.Low ^ b.Low);

    /// <summary>The complement.</summary>
    public static EvmWord operator ~(EvmWord a) => new(~a.High, ~a.Upper, ~a.Lower, ~a.Low);

    /// <summary>Shifted up; 0 from 256 bits on.</summary>
    public static EvmWord operator <<(EvmWord a, int bits)
    {
        if (bits >= 256)
        {
            return Zero;
        }

        (UInt128 high, UInt128 low) = a.Halves;
        return bits >= 128 ? FromHalves(low << (bits - 128), 0) : bits == 0 ? a : FromHalves((high << bits) | (low >> (128 - bits)), low << bits);
    }

    /// <summary>Shifted down, unsigned; 0 from 256 bits on.</summary>
    public static EvmWord operator >>(EvmWord a, int bits)
    {
        if (bits >= 256)
        {
            return Zero;
        }

        (UInt128 high, UInt128 low) = a.Halves;
        return bits >= 128 ? FromHalves(0, high >> (bits - 128)) : bits == 0 ? a : FromHalves(high >> bits, (low >> bits) | (high << (128 - bits)));
    }

    /// <summary>Unsigned order.</summary>
    public static bool operator <(EvmWord a, EvmWord b) => a.CompareTo(b) < 0;

    /// <summary>Unsigned order.</summary>
    public static bool operator >(EvmWord a, EvmWord b) => a.CompareTo(b) > 0;

    /// <summary>Unsigned order.</summary>
    public static bool operator <=(EvmWord a, EvmWord b) => a.CompareTo(b) <= 0;

    /// <summary>Unsigned order.</summary>
    public static bool operator >=(EvmWord a, EvmWord b) => a.CompareTo(b) >= 0;

    private (UInt128 High, UInt128 Low) Halves => (new(High, Upper), new(Lower, Low));

    /// <summary>The quotient, and 0 where the divisor is 0.</summary>
    public static EvmWord Divide(EvmWord a, EvmWord b) =>
        b.IsZero ? Zero
        : a.IsUInt64 && b.IsUInt64 ? a.Low / b.Low
        : (a.High | a.Upper | b.High | b.Upper) == 0 ? FromHalves(0, a.Halves.Low / b.Halves.Low)
        : FromInteger(a.ToInteger() / b.ToInteger());

    /// <summary>The remainder, and 0 where the divisor is 0.</summary>
    public static EvmWord Remainder(EvmWord a, EvmWord b) =>
        b.IsZero ? Zero : a.IsUInt64 && b.IsUInt64 ? a.Low % b.Low : FromInteger(a.ToInteger() % b.ToInteger());

    /// <summary>Reads up to 32 bytes, the most significant first.</summary>
    public static EvmWord FromBytes(ReadOnlySpan<byte> bigEndian)
    {
        Span<byte> word = stackalloc byte[Size];
        word.Clear();
        bigEndian.CopyTo(word[(Size - bigEndian.Length)..]);
        return new(BinaryPrimitives.ReadUInt64BigEndian(word), BinaryPrimitives.ReadUInt64BigEndian(word[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(word[16..]), BinaryPrimitives.ReadUInt64BigEndian(word[24..]));
    }

    /// <summary>The low 256 bits of a number.</summary>
    public static EvmWord FromInteger(BigInteger value)
    {
        BigInteger reduced = value % Modulus;
        reduced = reduced.Sign < 0 ? reduced + Modulus : reduced;
        Span<byte> bytes = stackalloc byte[Size];
        return reduced.TryWriteBytes(bytes, out int written, isUnsigned: true, isBigEndian: true) ? FromBytes(bytes[..written]) : Zero;
    }

    /// <summary>Reads <c>0x</c> and up to 64 hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EvmWord word)
    {
        word = default;
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || text.Length is < 3 or > 66)
        {
            return false;
        }

        foreach (char digit in text[2..])
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }

            word = (word << 4) | (ulong)HexDigit(digit);
        }

        return true;
    }

    /// <summary>Reads <c>0x</c> and hexadecimal digits that are known to be right.</summary>
    /// <exception cref="FormatException">The text is no such number.</exception>
    public static EvmWord Parse(string text) =>
        TryParse(text, out EvmWord word) ? word : throw new FormatException($"'{text}' is not 0x and up to 64 hexadecimal digits");

    /// <summary>Writes 32 bytes, the most significant first.</summary>
    public void WriteTo(Span<byte> bigEndian)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian, High);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[8..], Upper);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[16..], Lower);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[24..], Low);
    }

    /// <summary>The 32 bytes, the most significant first.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        WriteTo(bytes);
        return bytes;
    }

    /// <summary>The number, unsigned.</summary>
    public BigInteger ToInteger() => (((((new BigInteger(High) << 64) | Upper) << 64) | Lower) << 64) | Low;

    /// <summary>The number as a two's complement.</summary>
    public BigInteger ToSignedInteger() => IsNegative ? ToInteger() - Modulus : ToInteger();

    /// <inheritdoc/>
    public int CompareTo(EvmWord other)
    {
        int high = High.CompareTo(other.High), upper = Upper.CompareTo(other.Upper), lower = Lower.CompareTo(other.Lower);
        return high != 0 ? high : upper != 0 ? upper : lower != 0 ? lower : Low.CompareTo(other.Low);
    }

    /// <summary><c>0x</c> and 64 digits, lower case.</summary>
    public string ToHash() => string.Create(CultureInfo.InvariantCulture, $"0x{High:x16}{Upper:x16}{Lower:x16}{Low:x16}");

    /// <summary><c>0x</c> and the 40 digits of an address, lower case.</summary>
    public string ToAddress() => string.Create(CultureInfo.InvariantCulture, $"0x{(uint)Upper:x8}{Lower:x16}{Low:x16}");

    /// <summary><c>0x</c> and the digits without leading zeros, as JSON-RPC writes quantities.</summary>
    public override string ToString() => "0x" + (ToHash()[2..].TrimStart('0') is { Length: > 0 } digits ? digits : "0");

    private static int HexDigit(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static EvmWord FromHalves(UInt128 high, UInt128 low) => new((ulong)(high >> 64), (ulong)high, (ulong)(low >> 64), (ulong)low);
}
