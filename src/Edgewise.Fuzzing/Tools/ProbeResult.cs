using Edgewise.Fuzzing.Findings;

namespace Edgewise.Fuzzing.Tools;

/// <summary>What one run of an input showed.</summary>
/// <param name="Finding">A finding; null where the target returned, or rejected the input.</param>
/// <param name="IsRejected">True where it rejected the input by an exception that is an answer.</param>
/// <param name="Map">A number for the points that it hit and how often, by hit-count class; 0 where the process died.</param>
/// <param name="Points">How many points that were.</param>
/// <param name="Elapsed">Time that it took.</param>
public sealed record ProbeResult(Finding? Finding, bool IsRejected, ulong Map, int Points, TimeSpan Elapsed);
