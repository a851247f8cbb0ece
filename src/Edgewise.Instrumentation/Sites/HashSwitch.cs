namespace Edgewise.Instrumentation.Sites;

/// <summary>A <c>switch</c> on a string that the compiler made of comparisons of its hash.</summary>
/// <param name="Call">Offset of the call that computes the hash.</param>
/// <param name="Load">Offset of the instruction in front of it, which loads the string, or the span of characters.</param>
/// <param name="Cases">Per literal: where it is compared at last, and its token.</param>
internal sealed record HashSwitch(int Call, int Load, IReadOnlyList<(int Offset, int Literal)> Cases);
