namespace Edgewise.Fuzzing.Tools;

/// <summary>How long a tool may look for something shorter.</summary>
/// <param name="Runs">Runs of the target.</param>
/// <param name="Time">Time.</param>
public readonly record struct ReductionLimits(int Runs, TimeSpan Time);
