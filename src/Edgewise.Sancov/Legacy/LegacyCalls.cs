using Edgewise.Runtime.Formats;

namespace Edgewise.Sancov.Legacy;

/// <summary>A <c>caller-callee.PID.sancov</c>.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Pairs">The pairs, in the file's order.</param>
public sealed record LegacyCalls(string Path, IReadOnlyList<CallPair> Pairs)
{
    private const string Format = "caller-callee";

    /// <summary>Reads a file.</summary>
    /// <exception cref="SancovException">It cannot be read.</exception>
    /// <exception cref="CoverageFormatException">It is damaged.</exception>
    public static LegacyCalls Read(string path)
    {
        string[] lines = LegacyLines.Read(path, Format);
        if (lines.Length % 2 != 0)
        {
            throw new CoverageFormatException($"{path}: {Format}, line {lines.Length}: the last pair has no callee; two lines a pair expected");
        }

        var pairs = new CallPair[lines.Length / 2];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new CallPair(LegacyLines.Place(path, Format, lines, 2 * i), LegacyLines.Place(path, Format, lines, (2 * i) + 1));
        }

        return new LegacyCalls(path, pairs);
    }
}
