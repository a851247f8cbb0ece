namespace Edgewise.Showmap.Differential.Reading;

/// <summary>The files of one trial.</summary>
/// <param name="Approach">Name of its approach.</param>
/// <param name="Trial">Its name.</param>
/// <param name="Files">One, or one an entry, in the order of their times and then names.</param>
public sealed record TrialFiles(string Approach, string Trial, IReadOnlyList<TrialFile> Files);
