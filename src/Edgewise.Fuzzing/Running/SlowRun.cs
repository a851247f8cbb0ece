namespace Edgewise.Fuzzing.Running;

/// <summary>An execution that took long, but not too long.</summary>
/// <param name="Input">Its input.</param>
/// <param name="Time">How long it took, as far as it was looked at.</param>
public sealed record SlowRun(byte[] Input, TimeSpan Time);
