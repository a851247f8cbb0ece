namespace Edgewise.Instrumentation.Sites;

/// <summary>A check that a value less the first case of a <c>switch</c> is one of its arms.</summary>
/// <param name="First">The first case.</param>
/// <param name="Count">How many arms there are.</param>
internal sealed record RangeCheck(long First, int Count);
