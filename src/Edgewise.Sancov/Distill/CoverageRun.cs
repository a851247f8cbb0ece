namespace Edgewise.Sancov.Distill;

/// <summary>One run: its files, and what they say was covered.</summary>
/// <param name="Files">Paths of the files, in the order given.</param>
/// <param name="Elements">What it covered: of a module, a PC or a point with its hit-count class.</param>
public sealed record CoverageRun(IReadOnlyList<string> Files, IReadOnlySet<(string Module, ulong Element)> Elements);
