using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Edgewise.Runtime.Dump;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime.Trace;

/// <summary>
/// The files beside a map file in which threads keep their events while the process runs: <c>MAP.trace-1</c> and so on. Eight bytes of magic, the
/// thread's number (4), zero (4), number of events for which there was no room (8), then four bytes an event, the process-wide number of its
/// point plus one; the first zero is the end.
/// </summary>
/// <remarks>They are left where a process could not write its trace itself.</remarks>
public static class TraceRemains
{
    internal const int HeaderSize = LostCountOffset + sizeof(long);
    internal const int LostCountOffset = 16;

    private static ReadOnlySpan<byte> Magic => "EWTRACE1"u8;

    /// <summary>Reads all traces that stand beside a map, in the order of their threads.</summary>
    /// <exception cref="CoverageFormatException">One is damaged.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be read.</exception>
    public static IReadOnlyList<ThreadTrace> Read(string mapPath)
    {
        var traces = new List<ThreadTrace>();
        for (string path = PathOf(mapPath, 1); File.Exists(path); path = PathOf(mapPath, traces.Count + 1))
        {
            traces.Add(Decode(File.ReadAllBytes(path), path));
        }

        return traces;
    }

    /// <summary>Removes all traces that stand beside a map.</summary>
    /// <exception cref="IOException">One cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be removed.</exception>
    public static void Delete(string mapPath)
    {
        int thread = 1;
        for (string path = PathOf(mapPath, thread); File.Exists(path); path = PathOf(mapPath, ++thread))
        {
            File.Delete(path);
        }
    }

    internal static string PathOf(string mapPath, int thread) => string.Create(CultureInfo.InvariantCulture, $"{mapPath}.trace-{thread}");

    internal static void WriteHeader(Span<byte> header, int thread)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[Magic.Length..], thread);
    }

    /// <summary>The points of events; those behind a zero were not written yet.</summary>
    internal static uint[] Points(ReadOnlySpan<uint> events)
    {
        int end = events.IndexOf(0u);
        uint[] points = events[..(end < 0 ? events.Length : end)].ToArray();
        for (int i = 0; i < points.Length; i++)
        {
            points[i]--;
        }

        return points;
    }

    private static ThreadTrace Decode(byte[] content, string path)
    {
        if (content.Length < HeaderSize || !content.AsSpan().StartsWith(Magic))
        {
            throw new CoverageFormatException($"{path}: not the trace of a thread: it does not begin with \"EWTRACE1\" and a header of {HeaderSize} bytes");
        }

        int thread = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(Magic.Length));
        long lost = BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(LostCountOffset));
        return thread > 0 && lost >= 0
            ? new ThreadTrace(thread, Points(MemoryMarshal.Cast<byte, uint>(content.AsSpan(HeaderSize))), lost)
            : throw new CoverageFormatException($"{path}: trace, offset {Magic.Length}: thread {thread}, {lost} events lost; a number from 1 on and one from 0 on expected");
    }
}
