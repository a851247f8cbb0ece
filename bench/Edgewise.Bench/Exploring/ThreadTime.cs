using System.Runtime.InteropServices;

namespace Edgewise.Bench.Exploring;

/// <summary>Processor time of the calling thread: on a shared machine the wall clock counts what others do.</summary>
internal static partial class ThreadTime
{
    private const int ThreadClock = 3;

    /// <summary>Seconds that the thread ran so far.</summary>
    public static double Seconds => GetTime(ThreadClock, out TimeSpec time) == 0
        ? time.Seconds + (time.Nanoseconds * 1e-9)
        : throw new InvalidOperationException("clock_gettime failed");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
