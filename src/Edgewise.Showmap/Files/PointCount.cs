namespace Edgewise.Showmap.Files;

/// <summary>How often a point was hit.</summary>
/// <param name="Module">Number of its module.</param>
/// <param name="Number">Where in the module: its PC or RVA; the index of a point of native code.</param>
/// <param name="Count">How often.</param>
public readonly record struct PointCount(int Module, ulong Number, ulong Count);
