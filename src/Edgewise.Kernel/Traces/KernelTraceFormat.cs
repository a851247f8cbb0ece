namespace Edgewise.Kernel.Traces;

/// <summary>What reader and writer of trace files agree on.</summary>
/// <remarks>
/// A file is one gzip stream. In it: <see cref="Magic"/>, <see cref="Version"/> as four bytes, then traces up to the end. A trace: length of the name (two bytes) and name in UTF-8; one byte, 0 for PCs and
/// 1 for compares; one byte, 1 where the total is a least bound; events in all and events stored (eight bytes each); the stored events. All numbers are little-endian. An event of PCs is one number, one of
/// compares four (type, first, second, PC). Each is stored as its difference to the same number of the event before (0 before the first), modulo 2^64, in zigzag, seven bits a byte, the lowest first.
/// </remarks>
internal static class KernelTraceFormat
{
    public const int Version = 1;

    public const int MostNameBytes = 1 << 10;

    /// <summary>Events that a reader takes; a file that claims more is damaged.</summary>
    public const ulong MostEvents = 1 << 28;

    public const int NumbersOfPc = 1, NumbersOfCompare = 4;

    public static ReadOnlySpan<byte> Magic => "EWKTRACE"u8;
}
