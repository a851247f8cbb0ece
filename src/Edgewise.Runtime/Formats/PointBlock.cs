namespace Edgewise.Runtime.Formats;

/// <summary>A node of a method's control-flow graph as it was when points were chosen: a range of original IL, or a split edge.</summary>
/// <param name="Start">Offset of the first IL byte in the original body; of a split edge, the offset just behind its branch.</param>
/// <param name="Length">Bytes of IL; zero for a split edge.</param>
/// <param name="Point">Number of the point within the module, or -1 where the block was pruned or cannot be reached.</param>
/// <param name="FirstImplying">Where the block's implying blocks begin in <see cref="PointSet.Implying"/>.</param>
/// <param name="ImplyingCount">
/// How many blocks of the same method imply this one: it ran if any of them ran. Zero for a block with a point, and for an unreachable one.
/// </param>
public readonly record struct PointBlock(int Start, int Length, int Point, int FirstImplying, int ImplyingCount)
{
    /// <summary>True for a split edge, which has no IL of its own.</summary>
    public bool IsEdge => Length == 0;
}
