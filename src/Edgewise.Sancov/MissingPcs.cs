using System.Globalization;

namespace Edgewise.Sancov;

/// <summary>Which points of a module are not among some PCs.</summary>
/// <param name="PointCount">Points of the module.</param>
/// <param name="ReadCount">Different PCs that were read.</param>
/// <param name="Missing">PCs of points that were not read, ascending.</param>
/// <param name="Strangers">PCs that were read and are no points, ascending.</param>
public sealed record MissingPcs(int PointCount, int ReadCount, IReadOnlyList<ulong> Missing, IReadOnlyList<ulong> Strangers)
{
    /// <summary>Compares points and PCs.</summary>
    public static MissingPcs Of(IEnumerable<ulong> points, IEnumerable<ulong> pcs)
    {
        SortedSet<ulong> all = [.. points], read = [.. pcs];
        return new MissingPcs(all.Count, read.Count, [.. all.Where(pc => !read.Contains(pc))], [.. read.Where(pc => !all.Contains(pc))]);
    }

    /// <summary>Reads PCs, a line <c>0x2050</c> each as <c>print</c> writes them; empty lines are passed over.</summary>
    /// <param name="lines">Where they come from.</param>
    /// <param name="source">Name for messages.</param>
    /// <exception cref="SancovException">A line is something else.</exception>
    public static IReadOnlyList<ulong> Parse(TextReader lines, string source)
    {
        List<ulong> pcs = [];
        for (int number = 1; lines.ReadLine() is { } line; number++)
        {
            ReadOnlySpan<char> text = line.AsSpan().Trim();
            if (text.Length == 0)
            {
                continue;
            }

            ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
            pcs.Add(ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong pc)
                ? pc
                : throw new SancovException($"{source}: line {number}: '{text}'; a PC in hex expected"));
        }

        return pcs;
    }
}
