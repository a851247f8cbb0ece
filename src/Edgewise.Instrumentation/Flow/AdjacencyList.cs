namespace Edgewise.Instrumentation.Flow;

/// <summary>Neighbours of nodes, back to back: those of node n are <c>Items[First[n]]</c> up to <c>Items[First[n + 1] - 1]</c>.</summary>
internal readonly record struct AdjacencyList(int[] First, int[] Items);
