using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov.Inputs;

namespace Edgewise.Sancov.Legacy;

/// <summary>The trace of a thread: <c>trace-events.PID.sancov</c> with the <c>trace-points.PID.sancov</c> beside it.</summary>
/// <param name="Path">Where the events are.</param>
/// <param name="Points">The points; the place of one that was never reached is unknown.</param>
/// <param name="Units">Names of the compilation units or modules; empty where no file tells.</param>
/// <param name="Events">Indices into <paramref name="Points"/>, in the order in which they were reached.</param>
public sealed partial record LegacyTrace(string Path, IReadOnlyList<CodePlace> Points, IReadOnlyList<string> Units, int[] Events)
{
    private const string PointsFormat = "trace-points", EventsFormat = "trace-events", UnitsFormat = "trace-compunits";

    /// <summary>Reads events with the points and units beside them.</summary>
    /// <param name="path">Path of the events.</param>
    /// <exception cref="SancovException">A file cannot be read, or has another kind of name.</exception>
    /// <exception cref="CoverageFormatException">A file is damaged, or the events name points that are not there.</exception>
    public static LegacyTrace Read(string path)
    {
        Match name = NamePattern().Match(System.IO.Path.GetFileName(path));
        if (!name.Success)
        {
            throw new SancovException($"{path}: expected a name like trace-events.4711.sancov, or trace-events.4711-2.sancov for another thread");
        }

        string folder = System.IO.Path.GetDirectoryName(path) ?? "", process = name.Groups["pid"].Value;
        string units = System.IO.Path.Combine(folder, $"{UnitsFormat}.{process}.sancov");
        IReadOnlyList<CodePlace> points = ReadPoints(System.IO.Path.Combine(folder, $"{PointsFormat}.{process}.sancov"));
        return new LegacyTrace(path, points, File.Exists(units) ? LegacyLines.Read(units, UnitsFormat) : [], ReadEvents(path, points.Count));
    }

    /// <summary>Reads a <c>trace-points</c> file alone.</summary>
    /// <exception cref="SancovException">It cannot be read.</exception>
    /// <exception cref="CoverageFormatException">It is damaged.</exception>
    public static IReadOnlyList<CodePlace> ReadPoints(string path)
    {
        string[] lines = LegacyLines.Read(path, PointsFormat);
        var points = new CodePlace[lines.Length];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = LegacyLines.Place(path, PointsFormat, lines, i);
        }

        return points;
    }

    private static int[] ReadEvents(string path, int pointCount)
    {
        byte[] content = FileContent.Read(path);
        if (content.Length % sizeof(uint) != 0)
        {
            throw new CoverageFormatException(
                $"{path}: {EventsFormat}, offset {content.Length & ~(sizeof(uint) - 1)}: {content.Length % sizeof(uint)} bytes of an event of {sizeof(uint)}; the file is cut off");
        }

        int[] events = new int[content.Length / sizeof(uint)];
        for (int i = 0; i < events.Length; i++)
        {
            uint point = BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(i * sizeof(uint)));
            if (point >= (uint)pointCount)
            {
                throw new CoverageFormatException($"{path}: {EventsFormat}, offset {i * sizeof(uint)}: point {point}; one of the {pointCount} points of the file beside it expected");
            }

            events[i] = (int)point;
        }

        return events;
    }

    [GeneratedRegex(@"^trace-events\.(?<pid>[0-9]+)(-[0-9]+)?\.sancov$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
