using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Edgewise.Runtime.Sessions;

/// <summary>
/// The callback class of trace sessions (<c>--callbacks Edgewise.Runtime!Edgewise.Runtime.Sessions.TraceSessionCallbacks</c> with the features <c>trace-pc</c> and
/// <c>trace-cmp</c>): what instrumented methods call so that <see cref="TraceSession"/> sees them. Where the thread is not traced the calls do nothing.
/// They never allocate managed memory and never throw.
/// </summary>
public static unsafe class TraceSessionCallbacks
{
    private const int CountOfCases = 0, BitsOfCases = 1, FirstCase = 2;
    private const int BitsPerByte = 8;

    [ThreadStatic]
    private static nint t_block;

    /// <summary>Makes sure that a host numbers points before code runs; <c>__sanitizer_cov_init</c>.</summary>
    public static void Init() => Host.Install();

    /// <summary>What a method keeps of its thread, and hands to the other callbacks: called once, when the method is entered.</summary>
    /// <returns>The address of the thread's block, which holds as long as the thread lives.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint EnterMethod()
    {
        nint block = t_block;
        return block != 0 ? block : Begin();
    }

    /// <summary><c>__sanitizer_cov_trace_pc</c>.</summary>
    /// <param name="thread">What <see cref="EnterMethod"/> gave.</param>
    /// <param name="point">Process-wide number of the point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TracePc(nint thread, int point)
    {
        var block = (ThreadBlock*)thread;
        block->Events[point & (ThreadBlock.EventCounts - 1)]++;
        if ((!StampSpace.IsWhole && (uint)point >= StampSpace.Limit) || block->Stamps[(uint)point] == block->Settled)
        {
            return;
        }

        ThreadRecorder.Record(block, point);
    }

    /// <summary>Two values of one byte.</summary>
    public static void TraceCmp1(nint thread, byte left, byte right, int site) => Compare(thread, left, right, sizeof(byte), false, site);

    /// <summary>Two values of two bytes.</summary>
    public static void TraceCmp2(nint thread, ushort left, ushort right, int site) => Compare(thread, left, right, sizeof(ushort), false, site);

    /// <summary>Two values of four bytes.</summary>
    public static void TraceCmp4(nint thread, uint left, uint right, int site) => Compare(thread, left, right, sizeof(uint), false, site);

    /// <summary>Two values of eight bytes.</summary>
    public static void TraceCmp8(nint thread, ulong left, ulong right, int site) => Compare(thread, left, right, sizeof(ulong), false, site);

    /// <summary>A constant and a value of one byte.</summary>
    public static void TraceConstCmp1(nint thread, byte constant, byte value, int site) => Compare(thread, constant, value, sizeof(byte), true, site);

    /// <summary>A constant and a value of two bytes.</summary>
    public static void TraceConstCmp2(nint thread, ushort constant, ushort value, int site) => Compare(thread, constant, value, sizeof(ushort), true, site);

    /// <summary>A constant and a value of four bytes.</summary>
    public static void TraceConstCmp4(nint thread, uint constant, uint value, int site) => Compare(thread, constant, value, sizeof(uint), true, site);

    /// <summary>A constant and a value of eight bytes.</summary>
    public static void TraceConstCmp8(nint thread, ulong constant, ulong value, int site) => Compare(thread, constant, value, sizeof(ulong), true, site);

    /// <summary>The value of a switch: a comparison with each case, as kcov records it.</summary>
    /// <param name="thread">What <see cref="EnterMethod"/> gave.</param>
    /// <param name="value">The value.</param>
    /// <param name="cases">Number of cases, bits of the value, cases ascending.</param>
    /// <param name="site">The site.</param>
    public static void TraceSwitch(nint thread, ulong value, ulong* cases, int site)
    {
        if ((((ThreadBlock*)thread)->Recording & (Recordings.Compares | Recordings.Muted)) == 0)
        {
            return;
        }

        int size = (int)cases[BitsOfCases] / BitsPerByte;
        for (ulong i = 0; i < cases[CountOfCases]; i++)
        {
            Compare(thread, cases[FirstCase + i], value, size, true, site);
        }
    }

    /// <summary>The calling thread's block.</summary>
    internal static ThreadBlock* Current => (ThreadBlock*)EnterMethod();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compare(nint thread, ulong left, ulong right, int size, bool isConstant, int site)
    {
        var block = (ThreadBlock*)thread;
        if ((block->Recording & (Recordings.Compares | Recordings.Muted)) != 0)
        {
            ThreadRecorder.Compare(block, TraceCompare.TypeOf(size, isConstant), left, right, site);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Begin()
    {
        TracedThread thread = TracedThread.Current;
        t_block = (nint)thread.Block;
        ProcessTrace.Begin(thread);
        return t_block;
    }
}
