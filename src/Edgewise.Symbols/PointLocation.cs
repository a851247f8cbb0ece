namespace Edgewise.Symbols;

/// <summary>Where a point stands in the source.</summary>
/// <param name="Function">Name of the method that the user wrote; where there is none, of the method itself.</param>
/// <param name="Location">Its line, or null where that is unknown.</param>
public readonly record struct PointLocation(string Function, SourceLocation? Location);
