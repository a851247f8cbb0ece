namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>A stretch of instructions that the instrumenter inserted for one point and one feature.</summary>
/// <param name="Feature">Name of the holder's field that it begins with, for example <c>Counters</c>.</param>
/// <param name="Point">Number of the point.</param>
/// <param name="Next">Index of the first instruction behind it.</param>
internal readonly record struct Probe(string Feature, int Point, int Next);
