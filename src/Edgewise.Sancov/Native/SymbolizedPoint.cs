using Edgewise.Symbols.Symbolizer;

namespace Edgewise.Sancov.Native;

/// <summary>A point of a native binary with its place in the source.</summary>
/// <param name="Pc">Its PC.</param>
/// <param name="IsCovered">True if it was hit.</param>
/// <param name="Frames">The functions it stands in, the innermost first, without those that are left out; at least one.</param>
public sealed record SymbolizedPoint(ulong Pc, bool IsCovered, IReadOnlyList<Frame> Frames);
