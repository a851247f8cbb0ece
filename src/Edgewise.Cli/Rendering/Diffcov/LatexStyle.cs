namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>How LaTeX tables look.</summary>
/// <param name="HeaderDegrees">By how much headers of columns are turned; null: not at all.</param>
/// <param name="Colors">Colours behind numbers, from the least to the largest; null: none.</param>
internal sealed record LatexStyle(double? HeaderDegrees, ColorMap? Colors)
{
    /// <summary>Colours of numbers, from the least of them to the largest; where all are equal, that of the middle.</summary>
    /// <param name="values">All numbers; null is none and has no colour.</param>
    public Func<double?, string?> ColorsOf(IEnumerable<double?> values)
    {
        if (Colors is null)
        {
            return static _ => null;
        }

        double[] numbers = [.. values.OfType<double>()];
        double least = numbers.DefaultIfEmpty().Min(), most = numbers.DefaultIfEmpty().Max();
        return value => value is { } number ? Colors.LightHex(most <= least ? 0.5 : (number - least) / (most - least)) : null;
    }
}
