using System.IO.MemoryMappedFiles;

namespace EdgeLog;

/// <summary>
/// A callback class that keeps in a file, mapped and shared, which points a program went through; the kernel keeps what was stored even if the
/// process is killed. The file is named by <c>EDGE_LOG</c>.
/// </summary>
/// <remarks>
/// The callback of a point may stand before or behind its counter. A point is logged when the thread comes to its next one: then its counter
/// has been stored for certain, so every logged point must be in whatever holds the counters.
/// </remarks>
public static unsafe class PointLog
{
    /// <summary>Bytes of the file: the first says where the program is, then a byte a point.</summary>
    public const int Size = 1 << 16;

    private static readonly byte* Start = Open();

    [ThreadStatic]
    private static int t_last;

    /// <summary>Says that the program is in its loop, or out of it.</summary>
    public static void InLoop(bool isInLoop) => *Start = isInLoop ? (byte)1 : (byte)2;

    /// <summary>The callback.</summary>
    public static void TracePc(int point)
    {
        int last = t_last;
        t_last = point + 1;
        if (last > 0 && last < Size)
        {
            Start[last] = 1;
        }
    }

    private static byte* Open()
    {
        string path = Environment.GetEnvironmentVariable("EDGE_LOG") ?? throw new InvalidOperationException("EDGE_LOG: the path of a file expected");
        using (var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.SetLength(Size);
        }

        MemoryMappedFile mapping = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, Size);
        MemoryMappedViewAccessor view = mapping.CreateViewAccessor(0, Size);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return start;
    }
}
