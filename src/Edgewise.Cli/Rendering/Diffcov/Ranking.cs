using Edgewise.Showmap.Differential;

namespace Edgewise.Cli.Rendering.Diffcov;

/// <summary>One number for each approach, or for each approach by a reference, the largest first.</summary>
/// <param name="Quantity">What the number is: <c>score</c>, <c>reliability</c>, <c>reach</c>, <c>performance</c>.</param>
/// <param name="Rows">In order; Reference is null where there is none.</param>
/// <param name="PlainDigits">Digits behind the point in plain text.</param>
/// <param name="Digits">The same in csv and LaTeX.</param>
internal sealed record Ranking(string Quantity, IReadOnlyList<(string Name, string? Reference, double? Value)> Rows, int PlainDigits, int Digits)
{
    private const int PartPlainDigits = 5, PartDigits = 3, ScoreDigits = 2;

    /// <summary>By relscore.</summary>
    public static Ranking OfScores(IReadOnlyList<RelativeScore> scores) =>
        new("score", Ordered(scores.Select(static score => (score.Name, (string?)null, (double?)score.Score))), ScoreDigits, ScoreDigits);

    /// <summary>By which part of all that it ever covers an approach covers in one trial.</summary>
    public static Ranking OfReliability(RelativeCoverage relcov) =>
        Parts("reliability", relcov.Names.Select((name, i) => (name, (string?)null, relcov[i, i])));

    /// <summary>By which part of an approach's coverage some seeds cover: the less, the further it got.</summary>
    /// <param name="relcov">Of the campaign.</param>
    /// <param name="seeds">Number of the approach that ran the seeds only; it is left out.</param>
    public static Ranking OfReach(RelativeCoverage relcov, int seeds) =>
        Parts("reach", relcov.Names.Select((name, i) => (name, (string?)null, relcov[seeds, i])).Where((_, i) => i != seeds));

    /// <summary>By which part of a reference's coverage an approach covers: for each reference that is wanted all others.</summary>
    /// <param name="relcov">Of the campaign.</param>
    /// <param name="reference">Number of the only reference; null: all.</param>
    public static Ranking OfPerformance(RelativeCoverage relcov, int? reference)
    {
        IEnumerable<int> all = Enumerable.Range(0, relcov.Names.Count), references = reference is { } one ? [one] : all;
        IEnumerable<(string, string?, double?)> rows = references.SelectMany(column =>
            Ordered(all.Where(row => row != column).Select(row => (relcov.Names[row], (string?)relcov.Names[column], relcov[row, column]))));
        return new Ranking("performance", [.. rows], PartPlainDigits, PartDigits);
    }

    private static Ranking Parts(string quantity, IEnumerable<(string Name, string? Reference, double? Value)> rows) =>
        new(quantity, Ordered(rows), PartPlainDigits, PartDigits);

    // What is no number comes last; of equals the order of names is kept.
    private static (string Name, string? Reference, double? Value)[] Ordered(IEnumerable<(string Name, string? Reference, double? Value)> rows) =>
        [.. rows.OrderByDescending(static row => row.Value ?? double.NegativeInfinity)];
}
