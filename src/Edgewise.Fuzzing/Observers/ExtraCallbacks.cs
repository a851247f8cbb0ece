using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Edgewise.Runtime;

namespace Edgewise.Fuzzing.Observers;

/// <summary>
/// The callback class of a counting image with features beside points: comparisons go to the value profile, indirect calls to a map of caller–callee pairs, and
/// function entries tell the depth of the stack. For instrumented code.
/// </summary>
/// <remarks>Threads may lose each other's bits.</remarks>
public static unsafe class ExtraCallbacks
{
    /// <summary>Bits of the map of pairs; libFuzzer's prime is the next below.</summary>
    public const int PairBits = 1 << 16;

    private const uint PairPrime = 65371;
    private const int LowBits = 12;

    private static readonly byte* Pairs = (byte*)NativeMemory.AllocZeroed(PairBits / 8);

    private static nuint _deepest = nuint.MaxValue;
    private static nuint _start;

    /// <summary>Two values of one byte.</summary>
    public static void TraceCmp1(byte left, byte right, int site) => ValueProfile.TraceCmp1(left, right, site);

    /// <summary>Two values of two bytes.</summary>
    public static void TraceCmp2(ushort left, ushort right, int site) => ValueProfile.TraceCmp2(left, right, site);

    /// <summary>Two values of four bytes.</summary>
    public static void TraceCmp4(uint left, uint right, int site) => ValueProfile.TraceCmp4(left, right, site);

    /// <summary>Two values of eight bytes.</summary>
    public static void TraceCmp8(ulong left, ulong right, int site) => ValueProfile.TraceCmp8(left, right, site);

    /// <summary>A constant and a value of one byte.</summary>
    public static void TraceConstCmp1(byte constant, byte value, int site) => ValueProfile.TraceConstCmp1(constant, value, site);

    /// <summary>A constant and a value of two bytes.</summary>
    public static void TraceConstCmp2(ushort constant, ushort value, int site) => ValueProfile.TraceConstCmp2(constant, value, site);

    /// <summary>A constant and a value of four bytes.</summary>
    public static void TraceConstCmp4(uint constant, uint value, int site) => ValueProfile.TraceConstCmp4(constant, value, site);

    /// <summary>A constant and a value of eight bytes.</summary>
    public static void TraceConstCmp8(ulong constant, ulong value, int site) => ValueProfile.TraceConstCmp8(constant, value, site);

    /// <summary>The value of a switch and its cases.</summary>
    public static void TraceSwitch(ulong value, ulong* cases, int site) => ValueProfile.TraceSwitch(value, cases, site);

    /// <summary>A divisor of four bytes.</summary>
    public static void TraceDiv4(uint divisor, int site) => ValueProfile.TraceDiv4(divisor, site);

    /// <summary>A divisor of eight bytes.</summary>
    public static void TraceDiv8(ulong divisor, int site) => ValueProfile.TraceDiv8(divisor, site);

    /// <summary>Two sequences of bytes.</summary>
    public static void TraceCompareBytes(byte* left, int leftLength, byte* right, int rightLength, int site) =>
        ValueProfile.TraceCompareBytes(left, leftLength, right, rightLength, site);

    /// <summary>Two sequences of characters.</summary>
    public static void TraceCompareChars(char* left, int leftLength, char* right, int rightLength, int site) =>
        ValueProfile.TraceCompareChars(left, leftLength, right, rightLength, site);

    /// <summary>A call whose callee is found at run time.</summary>
    public static void TracePcIndir(nuint callee, int site)
    {
        // Handles of methods differ from process to process; what they are hashed of must not.
        uint pair = (((uint)site & ((1 << LowBits) - 1)) | (((uint)CalleeNumbers.Of(callee) & ((1 << LowBits) - 1)) << LowBits)) % PairPrime;
        Pairs[pair >> 3] |= (byte)(1 << (int)(pair & 7));
    }

    /// <summary>The address of a frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StackDepth(nuint address)
    {
        if (address < _deepest)
        {
            _deepest = address;
        }
    }

    /// <summary>The map of pairs.</summary>
    internal static ReadOnlySpan<byte> PairMap => new(Pairs, PairBits / 8);

    /// <summary>Bytes of stack that the last execution took.</summary>
    internal static long DeepestStack => _deepest >= _start ? 0 : (long)(_start - _deepest);

    /// <summary>Forgets all pairs.</summary>
    internal static void ResetPairs() => NativeMemory.Clear(Pairs, PairBits / 8);

    /// <summary>Begins to measure the stack from here on.</summary>
    internal static void ResetStack()
    {
        byte here = 0;
        _start = (nuint)(&here);
        _deepest = nuint.MaxValue;
    }
}
