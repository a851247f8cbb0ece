namespace Edgewise.Fuzzing.Running;

/// <summary>A word of the dictionary that a campaign made itself.</summary>
/// <param name="Bytes">The word.</param>
/// <param name="Uses">How often mutators put it in.</param>
public sealed record RecommendedWord(IReadOnlyList<byte> Bytes, int Uses);
