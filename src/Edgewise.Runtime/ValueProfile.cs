using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Edgewise.Runtime.Map;

namespace Edgewise.Runtime;

/// <summary>
/// libFuzzer's value profile as a callback class (<c>--callbacks Edgewise.Runtime!Edgewise.Runtime.ValueProfile</c>): how near the two sides of each
/// comparison came to each other, as bits of a map of 65,536. An input that sets a new bit came nearer somewhere.
/// </summary>
/// <remarks>
/// A comparison of integers sets two bits, by its site and the number of bits that differ, and by its site and the leading zeros of the difference; one of
/// strings sets one bit, by its site, the length of the common prefix and the bits that differ in the first element behind it. Sites stand for the PCs of
/// libFuzzer. Divisors and indices are compared with zero; values of switches with the cases next to them. Threads may lose each other's bits.
/// One map serves all copies of the Runtime in a process.
/// </remarks>
public static unsafe class ValueProfile
{
    /// <summary>Bits of the map.</summary>
    public const int Size = 1 << 16;

    private const uint BitsPerSite = 128;
    private const uint DistanceBits = 64;
    private const int LongestPrefix = 64;
    private const int SiteBitsBesidePrefix = 12;
    private const ulong SmallestInteresting = 256;
    private const int Bits16 = 16;
    private const int Bits32 = 32;

    // A constant to the JIT once this class is initialised.
    private static readonly byte* Map = Connect();

    /// <summary>The map itself, as it changes: bit <c>n</c> is bit <c>n % 8</c> of byte <c>n / 8</c>.</summary>
    public static ReadOnlySpan<byte> Bits => new(Map, Size / 8);

    /// <summary>How many bits are set.</summary>
    public static int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(Bits))
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>Clears the map.</summary>
    public static void Reset() => NativeMemory.Clear(Map, Size / 8);

    /// <summary>Makes sure that a host owns the map before code runs; <c>__sanitizer_cov_init</c>.</summary>
    public static void Init() => Host.Install();

    /// <summary>Two values of one byte.</summary>
    public static void TraceCmp1(byte left, byte right, int site) => Compare((uint)site, (uint)(left ^ right), (ulong)(left - right));

    /// <summary>Two values of two bytes.</summary>
    public static void TraceCmp2(ushort left, ushort right, int site) => Compare((uint)site, (uint)(left ^ right), (ulong)(left - right));

    /// <summary>Two values of four bytes.</summary>
    public static void TraceCmp4(uint left, uint right, int site) => Compare((uint)site, left ^ right, left - right);

    /// <summary>Two values of eight bytes.</summary>
    public static void TraceCmp8(ulong left, ulong right, int site) => Compare((uint)site, left ^ right, left - right);

    /// <summary>A constant and a value of one byte.</summary>
    public static void TraceConstCmp1(byte constant, byte value, int site) => TraceCmp1(constant, value, site);

    /// <summary>A constant and a value of two bytes.</summary>
    public static void TraceConstCmp2(ushort constant, ushort value, int site) => TraceCmp2(constant, value, site);

    /// <summary>A constant and a value of four bytes.</summary>
    public static void TraceConstCmp4(uint constant, uint value, int site) => TraceCmp4(constant, value, site);

    /// <summary>A constant and a value of eight bytes.</summary>
    public static void TraceConstCmp8(ulong constant, ulong value, int site) => TraceCmp8(constant, value, site);

    /// <summary>The value of a switch and its cases: compared with the next smaller and the next larger one, unless they are too small to tell anything.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cases">Number of cases, bits of the value, cases ascending.</param>
    /// <param name="site">The site.</param>
    public static void TraceSwitch(ulong value, ulong* cases, int site)
    {
        ulong count = cases[0];
        ulong* first = cases + 2;
        if (count == 0 || first[count - 1] < SmallestInteresting || value < SmallestInteresting)
        {
            return;
        }

        ulong smaller = 0, larger = ulong.MaxValue, next = 0;
        for (; next < count; next++)
        {
            if (value < first[next])
            {
                larger = first[next];
                break;
            }

            smaller = value > first[next] ? first[next] : smaller;
        }

        uint place = (uint)site + (2 * (uint)next);
        CompareSized((int)cases[1], place, value, smaller);
        CompareSized((int)cases[1], place + 1, value, larger);
    }

    /// <summary>A divisor of four bytes.</summary>
    public static void TraceDiv4(uint divisor, int site) => TraceCmp4(divisor, 0, site);

    /// <summary>A divisor of eight bytes.</summary>
    public static void TraceDiv8(ulong divisor, int site) => TraceCmp8(divisor, 0, site);

    /// <summary>An index.</summary>
    public static void TraceGep(nuint index, int site) => TraceCmp8(index, 0, site);

    /// <summary>Two sequences of bytes.</summary>
    public static void TraceCompareBytes(byte* left, int leftLength, byte* right, int rightLength, int site)
    {
        int length = Math.Min(Math.Min(leftLength, rightLength), LongestPrefix);
        int prefix = new ReadOnlySpan<byte>(left, length).CommonPrefixLength(new ReadOnlySpan<byte>(right, length));
        Prefix(site, prefix, prefix < length ? (uint)(left[prefix] ^ right[prefix]) : 0);
    }

    /// <summary>Two sequences of characters.</summary>
    public static void TraceCompareChars(char* left, int leftLength, char* right, int rightLength, int site)
    {
        int length = Math.Min(Math.Min(leftLength, rightLength), LongestPrefix);
        int prefix = new ReadOnlySpan<char>(left, length).CommonPrefixLength(new ReadOnlySpan<char>(right, length));
        Prefix(site, prefix, prefix < length ? (uint)(left[prefix] ^ right[prefix]) : 0);
    }

    private static byte* Connect()
    {
        Host.Install();
        byte* shared = (byte*)Host.Ask(MapRequest.ValueProfile);
        return shared != null ? shared : (byte*)NativeMemory.AllocZeroed(Size / 8);
    }

    private static void CompareSized(int bits, uint place, ulong value, ulong other)
    {
        switch (bits)
        {
            case Bits16:
                TraceCmp2((ushort)value, (ushort)other, (int)place);
                break;
            case Bits32:
                TraceCmp4((uint)value, (uint)other, (int)place);
                break;
            default:
                TraceCmp8(value, other, (int)place);
                break;
        }
    }

    private static void Prefix(int site, int prefix, uint differing) =>
        Set(((uint)site & ((1 << SiteBitsBesidePrefix) - 1)) + ((uint)prefix << SiteBitsBesidePrefix) + (uint)BitOperations.PopCount(differing));

    // As wide as the values promoted by C: differences of less than four bytes have a sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compare(uint site, ulong differing, ulong difference)
    {
        uint first = site * BitsPerSite;
        Set(first + (uint)BitOperations.PopCount(differing));
        Set(first + DistanceBits + (difference == 0 ? 0 : (uint)BitOperations.LeadingZeroCount(difference) + 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set(uint bit)
    {
        byte* cell = Map + ((ushort)bit >> 3);
        byte mask = (byte)(1 << (int)(bit & 7));
        if ((*cell & mask) == 0)
        {
            *cell |= mask;
        }
    }
}
