using System.Runtime.InteropServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique;

/// <summary>Areas in memory of their own, for designs.</summary>
internal static unsafe class PcArea
{
    /// <summary>An area of words; the pages behind it are written once, so that no design pays for them.</summary>
    public static TraceArea Allocate(int words)
    {
        ulong* start = (ulong*)NativeMemory.Alloc((nuint)words, sizeof(ulong));
        new Span<byte>(start, checked(words * sizeof(ulong))).Clear();
        return new TraceArea(start, words, 1);
    }

    /// <summary>What stands in it.</summary>
    public static ulong[] Words(in TraceArea area) => area.Copy(1)[1..];

    /// <summary>Gives it back.</summary>
    public static void Free(in TraceArea area) => NativeMemory.Free(area.Start);
}
