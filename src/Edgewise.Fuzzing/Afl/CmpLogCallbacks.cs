using System.Text;

namespace Edgewise.Fuzzing.Afl;

/// <summary>The callback class of a CmpLog image: hands what the target compares to AFL++. For instrumented code.</summary>
/// <remarks>Where no CmpLog map is attached every call does nothing.</remarks>
public static unsafe class CmpLogCallbacks
{
    // AFL++'s names for what a comparison asks; others are not told by IL.
    private const byte Unknown = 0;
    private const byte IsEqual = 1;

    private const int MostBytes = 32;
    private const int MostCases = 64;

    // Spreads the cases of a switch over the keys: each has one of its own, as in AFL++.
    private const int CaseStep = 40503;

    /// <summary>Two values of one byte.</summary>
    public static void TraceCmp1(byte left, byte right, int site) => CmpLogMap.Numbers(site, left, right, Unknown);

    /// <summary>Two values of two bytes.</summary>
    public static void TraceCmp2(ushort left, ushort right, int site) => CmpLogMap.Numbers(site, left, right, Unknown);

    /// <summary>Two values of four bytes.</summary>
    public static void TraceCmp4(uint left, uint right, int site) => CmpLogMap.Numbers(site, left, right, Unknown);

    /// <summary>Two values of eight bytes.</summary>
    public static void TraceCmp8(ulong left, ulong right, int site) => CmpLogMap.Numbers(site, left, right, Unknown);

    /// <summary>A constant and a value of one byte.</summary>
    public static void TraceConstCmp1(byte constant, byte value, int site) => CmpLogMap.Numbers(site, value, constant, Unknown);

    /// <summary>A constant and a value of two bytes.</summary>
    public static void TraceConstCmp2(ushort constant, ushort value, int site) => CmpLogMap.Numbers(site, value, constant, Unknown);

    /// <summary>A constant and a value of four bytes.</summary>
    public static void TraceConstCmp4(uint constant, uint value, int site) => CmpLogMap.Numbers(site, value, constant, Unknown);

    /// <summary>A constant and a value of eight bytes.</summary>
    public static void TraceConstCmp8(ulong constant, ulong value, int site) => CmpLogMap.Numbers(site, value, constant, Unknown);

    /// <summary>The value of a switch and its cases.</summary>
    public static void TraceSwitch(ulong value, ulong* cases, int site)
    {
        const int Head = 2;
        int count = (int)Math.Min(cases[0], MostCases);
        for (int i = 0; i < count; i++)
        {
            CmpLogMap.Numbers(site + ((i + 1) * CaseStep), value, cases[Head + i], IsEqual);
        }
    }

    /// <summary>Two sequences of bytes.</summary>
    public static void TraceCompareBytes(byte* left, int leftLength, byte* right, int rightLength, int site) =>
        CmpLogMap.Sequences(site, new ReadOnlySpan<byte>(left, leftLength), new ReadOnlySpan<byte>(right, rightLength));

    /// <summary>Two sequences of characters: logged as the UTF-8 that inputs mostly are.</summary>
    public static void TraceCompareChars(char* left, int leftLength, char* right, int rightLength, int site)
    {
        Span<byte> leftBytes = stackalloc byte[3 * MostBytes];
        Span<byte> rightBytes = stackalloc byte[3 * MostBytes];
        int leftCount = Encoding.UTF8.GetBytes(new ReadOnlySpan<char>(left, Math.Min(leftLength, MostBytes)), leftBytes);
        int rightCount = Encoding.UTF8.GetBytes(new ReadOnlySpan<char>(right, Math.Min(rightLength, MostBytes)), rightBytes);
        CmpLogMap.Sequences(site, leftBytes[..leftCount], rightBytes[..rightCount]);
    }
}
