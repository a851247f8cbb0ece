using Edgewise.Annotations;

namespace Edgewise.Hosting.Targets;

/// <summary>Finds the parts of an input that a target's parameters are read of, in the order in which they are.</summary>
/// <param name="input">The input.</param>
/// <returns>The parts, good until the next call.</returns>
public delegate IReadOnlyList<ConsumedPart> InputParts(ReadOnlySpan<byte> input);
