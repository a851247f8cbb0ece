using Edgewise.Symbols;

namespace Edgewise.Report.Model;

/// <summary>A source file with what ran of it; or, for functions without debug information, the type or binary that they belong to.</summary>
/// <param name="Path">Path as the debug information has it; empty for functions without it.</param>
/// <param name="Name">What it is called in the report: the path in one form, with slashes, without what was to be stripped.</param>
/// <param name="Functions">Its functions, by line and name.</param>
/// <param name="Lines">Its lines with code, ascending.</param>
/// <param name="PointCount">Number of points in it; of one that is inlined, the innermost function counts.</param>
/// <param name="CoveredPointCount">How many of them were hit.</param>
public sealed record ReportFile(
    string Path, string Name, IReadOnlyList<ReportFunction> Functions, IReadOnlyList<ReportLine> Lines, int PointCount, int CoveredPointCount)
{
    /// <summary>False where there is no debug information: the functions are listed, and there are no lines.</summary>
    public bool HasSource => Path.Length > 0;

    /// <summary>What the PDB knows of the file, or null.</summary>
    public SourceDocument? Document { get; init; }

    /// <summary>True where the path is from a binary that the user named; a <c>.symcov</c> alone may not choose which files of this machine are opened.</summary>
    public bool IsPathTrusted { get; init; }

    /// <summary>When the newest binary that was compiled from it was written; null where that is unknown.</summary>
    public DateTime? BuiltAt { get; init; }

    /// <summary>The counts.</summary>
    public CoverageTotals Totals { get; } = CoverageTotals.Of(Functions, Lines, PointCount, CoveredPointCount);
}
