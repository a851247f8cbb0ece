namespace Edgewise.Report.Model;

/// <summary>Counts over a file, a folder or a whole report.</summary>
/// <param name="Lines">Lines with code, without those whose state is only implied.</param>
/// <param name="CoveredLines">Lines of which all code ran.</param>
/// <param name="PartlyCoveredLines">Lines of which some code ran.</param>
/// <param name="Functions">Functions.</param>
/// <param name="CoveredFunctions">Functions of which any point was hit.</param>
/// <param name="Points">Points; one that is inlined counts once, where its innermost function is.</param>
/// <param name="CoveredPoints">How many of them were hit.</param>
public readonly record struct CoverageTotals(
    int Lines, int CoveredLines, int PartlyCoveredLines, int Functions, int CoveredFunctions, int Points, int CoveredPoints)
{
    /// <summary>Lines that ran, wholly or partly, in percent; null without lines.</summary>
    public double? LinePercent => Lines == 0 ? null : 100.0 * (CoveredLines + PartlyCoveredLines) / Lines;

    /// <summary>Functions that ran in percent; null without functions.</summary>
    public double? FunctionPercent => Functions == 0 ? null : 100.0 * CoveredFunctions / Functions;

    /// <summary>Points that were hit in percent; null without points.</summary>
    public double? PointPercent => Points == 0 ? null : 100.0 * CoveredPoints / Points;

    /// <summary>The sum.</summary>
    public static CoverageTotals operator +(CoverageTotals a, CoverageTotals b) => new(
        a.Lines + b.Lines, a.CoveredLines + b.CoveredLines, a.PartlyCoveredLines + b.PartlyCoveredLines,
        a.Functions + b.Functions, a.CoveredFunctions + b.CoveredFunctions, a.Points + b.Points, a.CoveredPoints + b.CoveredPoints);

    /// <summary>The sum.</summary>
    public static CoverageTotals Add(CoverageTotals left, CoverageTotals right) => left + right;

    /// <summary>The counts of some functions and lines.</summary>
    internal static CoverageTotals Of(IReadOnlyList<ReportFunction> functions, IReadOnlyList<ReportLine> lines, int points, int coveredPoints) => new(
        lines.Count(static line => line.State is not (LineState.Implied or LineState.None)),
        lines.Count(static line => line.State == LineState.Covered),
        lines.Count(static line => line.State == LineState.Partly),
        functions.Count,
        functions.Count(static function => function.IsCovered),
        points,
        coveredPoints);
}
