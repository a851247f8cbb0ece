using Edgewise.Symbols;

namespace Edgewise.Sancov.Compares;

/// <summary>A compare with its place in the source.</summary>
/// <param name="Compare">The compare.</param>
/// <param name="Function">Name of the method that the user wrote, or null where it is not known.</param>
/// <param name="Location">Its line, or null where that is not known.</param>
public readonly record struct LocatedCompare(RecordedCompare Compare, string? Function, SourceLocation? Location);
