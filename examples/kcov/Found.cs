namespace Edgewise.Examples.Kcov;

/// <summary>What was recorded, of whichever of the two.</summary>
/// <param name="Pcs">PCs.</param>
/// <param name="Compares">Compares: PC, type, operands.</param>
/// <param name="Edges">Words of edges; null where none were asked for.</param>
internal sealed record Found(ulong[] Pcs, (ulong Pc, ulong Type, ulong First, ulong Second)[] Compares, ulong[]? Edges);
