using System.Globalization;
using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Legacy;

/// <summary>A <c>PID.sancov.map</c>: which addresses were whose.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Width">Bytes of a PC in the <c>.raw</c> beside it: 4 or 8.</param>
/// <param name="Ranges">The ranges by ascending start; no two overlap.</param>
public sealed record RawMap(string Path, int Width, IReadOnlyList<RawRange> Ranges)
{
    private const string Format = "map";

    /// <summary>Reads a file.</summary>
    /// <exception cref="SancovException">It cannot be read.</exception>
    /// <exception cref="CoverageFormatException">It is damaged.</exception>
    public static RawMap Read(string path)
    {
        string[] lines = LegacyLines.Read(path, Format);
        int width = lines.Length == 0 ? 0 : lines[0] switch { "64" => sizeof(ulong), "32" => sizeof(uint), _ => 0 };
        if (width == 0)
        {
            throw LegacyLines.Wrong(path, Format, 0, lines.Length == 0 ? "" : lines[0], "64 or 32, the bits of a PC,");
        }

        var ranges = new List<RawRange>();
        for (int i = 1; i < lines.Length; i++)
        {
            ranges.Add(ParseRange(path, lines, i));
        }

        ranges.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        for (int i = 1; i < ranges.Count; i++)
        {
            if (ranges[i].Start < ranges[i - 1].End)
            {
                throw new CoverageFormatException(
                    $"{path}: {Format}: the ranges of {ranges[i - 1].Module} and {ranges[i].Module} overlap at 0x{ranges[i].Start:x}");
            }
        }

        return new RawMap(path, width, ranges);
    }

    /// <summary>The range that a PC lies in; null where it lies in none.</summary>
    public RawRange? Find(ulong pc)
    {
        int low = 0, high = Ranges.Count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (Ranges[middle].End <= pc)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < Ranges.Count && pc >= Ranges[low].Start ? Ranges[low] : null;
    }

    private static RawRange ParseRange(string path, string[] lines, int index)
    {
        // Names may have spaces; addresses have none.
        string[] parts = lines[index].Split(' ', 4);
        return parts.Length == 4 && parts[3].Length > 0
            && TryParse(parts[0], out ulong start) && TryParse(parts[1], out ulong end) && TryParse(parts[2], out ulong origin) && origin <= start && start <= end
                ? new RawRange(start, end, origin, parts[3])
                : throw LegacyLines.Wrong(path, Format, index, lines[index], "START END BASE MODULE, in hex, with BASE <= START <= END,");
    }

    private static bool TryParse(string text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
