namespace Edgewise.Showmap.Code;

/// <summary>A module that a trial counted, as its manifest tells.</summary>
/// <param name="Domain">Kind of its points.</param>
/// <param name="Name">File name.</param>
/// <param name="Path">Where it was.</param>
/// <param name="Hash">What tells builds, in hex.</param>
/// <param name="Points">How many points it has.</param>
/// <param name="FirstIndex">Index of its first point, of native code.</param>
/// <param name="Pcs">PCs by number of the point, of native code; empty for other.</param>
public sealed record TrialModule(string Domain, string Name, string Path, string Hash, int Points, ulong FirstIndex, IReadOnlyDictionary<int, ulong> Pcs);
