namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>Two approaches compared by their trials.</summary>
/// <param name="First">Number of one.</param>
/// <param name="Second">Number of the other.</param>
/// <param name="Test">Whether they differ.</param>
/// <param name="AdjustedP">The test's p, adjusted for all pairs that were compared.</param>
/// <param name="A12">How likely a trial of the first measures more than one of the second.</param>
public sealed record ApproachComparison(int First, int Second, MannWhitney Test, double AdjustedP, double A12);
