namespace Edgewise.Report.Sources;

/// <summary>A source file as it was found, or why it was not.</summary>
/// <param name="Path">Where it was found; null where it was not, or is embedded in a PDB.</param>
/// <param name="Text">Its text; null where it was not found.</param>
/// <param name="Notes">What a reader should know: that it is newer than what ran, say.</param>
/// <param name="LookedFor">Where it was looked for, in order.</param>
/// <param name="Url">Where its project publishes it, as the PDB tells; to be shown, never to be fetched.</param>
public sealed record FoundSource(string? Path, SourceText? Text, IReadOnlyList<string> Notes, IReadOnlyList<string> LookedFor, string? Url);
