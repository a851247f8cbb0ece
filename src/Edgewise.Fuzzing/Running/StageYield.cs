namespace Edgewise.Fuzzing.Running;

/// <summary>What a mutator was good for.</summary>
/// <param name="Name">Its name in libFuzzer's log.</param>
/// <param name="Uses">How often it was applied.</param>
/// <param name="Yields">How often what it was part of became an entry.</param>
public readonly record struct StageYield(string Name, long Uses, long Yields);
