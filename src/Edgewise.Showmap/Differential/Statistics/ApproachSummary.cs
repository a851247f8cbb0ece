namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>What the trials of an approach measured.</summary>
/// <param name="Name">Name of the approach.</param>
/// <param name="Values">The measure of each trial, in the order of their names.</param>
/// <param name="Estimate">Their median or mean.</param>
/// <param name="Interval">Where it may lie; null where there is but one trial.</param>
public sealed record ApproachSummary(string Name, IReadOnlyList<double> Values, double Estimate, BootstrapInterval? Interval);
