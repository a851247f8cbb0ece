namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>A number that is made of a sample.</summary>
/// <param name="sample">At least one value; they may be put in another order.</param>
public delegate double Statistic(Span<double> sample);
