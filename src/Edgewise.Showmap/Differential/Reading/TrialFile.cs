namespace Edgewise.Showmap.Differential.Reading;

/// <summary>A showmap file of a trial.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Seconds">Seconds since the trial's start, or since its first entry; 0 where times were not asked for.</param>
public readonly record struct TrialFile(string Path, double Seconds);
