using Edgewise.Hosting.Targets;

namespace Edgewise.Fuzzing.Mutation;

/// <summary>Changes an input in its place. Returns false where it could not; then nothing has changed.</summary>
/// <param name="input">The input.</param>
/// <param name="seed">The only source of chance that it may use.</param>
public delegate bool CustomMutate(ref MutatedInput input, ulong seed);

/// <summary>Crosses an input with another. Returns false where it could not; then nothing has changed.</summary>
/// <param name="input">The input.</param>
/// <param name="other">The other one.</param>
/// <param name="seed">The only source of chance that it may use.</param>
public delegate bool CustomCrossOver(ref MutatedInput input, ReadOnlySpan<byte> other, ulong seed);

/// <summary>Mutators that a target brings along; null for those that it has not.</summary>
/// <param name="Mutate">Takes the place of all mutators, as <c>LLVMFuzzerCustomMutator</c>.</param>
/// <param name="CrossOver">Takes the place of the cross-over, as <c>LLVMFuzzerCustomCrossOver</c>.</param>
/// <param name="Parts">Finds the parts of an input that are values of their own; null where it is one piece.</param>
public sealed record CustomMutations(CustomMutate? Mutate = null, CustomCrossOver? CrossOver = null, InputParts? Parts = null);
