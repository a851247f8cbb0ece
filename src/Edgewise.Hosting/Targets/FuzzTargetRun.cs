namespace Edgewise.Hosting.Targets;

/// <summary>One execution of a fuzz target, to its end also where it is asynchronous. What the target throws comes through unchanged.</summary>
/// <param name="input">The input.</param>
public delegate void FuzzTargetRun(ReadOnlySpan<byte> input);
