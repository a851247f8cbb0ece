namespace Edgewise.Showmap.Differential.OverTime;

/// <summary>Edges that the trials of an approach cover from a time on.</summary>
/// <param name="Seconds">Seconds since the start of each trial.</param>
/// <param name="LowerQuartile">A quarter of the trials cover at most so many.</param>
/// <param name="Median">The middle.</param>
/// <param name="UpperQuartile">A quarter of the trials cover at least so many.</param>
public readonly record struct BandPoint(double Seconds, double LowerQuartile, double Median, double UpperQuartile);
