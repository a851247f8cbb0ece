using System.Buffers.Binary;
using System.Text;

namespace Edgewise.Runtime.Formats.Legacy;

/// <summary>
/// The files of a trace. <c>trace-points.PID.sancov</c> has a line a point, <c>trace-compunits.PID.sancov</c> a line a module, and
/// <c>trace-events.PID.sancov</c> four bytes an event: the number of a line of the first, from 0 on, in the order in which the points were reached.
/// </summary>
public static class TraceFile
{
    /// <summary>The content of <c>trace-points</c>.</summary>
    /// <param name="points">A place a point; <see cref="CodePlace.Unknown"/> for one that was never reached.</param>
    /// <param name="stripPathPrefix">What to leave out of paths.</param>
    public static byte[] EncodePoints(IEnumerable<CodePlace> points, string stripPathPrefix = "") =>
        Lines(points.Select(place => place.Line(stripPathPrefix)));

    /// <summary>The content of <c>trace-compunits</c>; a .NET module is one unit.</summary>
    public static byte[] EncodeUnits(IEnumerable<string> moduleNames) => Lines(moduleNames.Select(FileNames.Plain));

    /// <summary>The content of <c>trace-events</c>.</summary>
    public static byte[] EncodeEvents(ReadOnlySpan<uint> events)
    {
        byte[] content = new byte[events.Length * sizeof(uint)];
        for (int i = 0; i < events.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(i * sizeof(uint)), events[i]);
        }

        return content;
    }

    private static byte[] Lines(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
