namespace Edgewise.Report.Model;

/// <summary>A line of a source file that has code.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="State">What is known of it.</param>
/// <param name="PointCount">Points that stand on it; zero where only blocks of other lines tell its state.</param>
/// <param name="CoveredPointCount">How many of them were hit.</param>
/// <param name="Hits">How often it ran; null where no counter tells.</param>
public readonly record struct ReportLine(int Number, LineState State, int PointCount, int CoveredPointCount, HitCount? Hits);
