using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Il;

/// <summary>What stands around the blocks of a body. Reused from one method to the next.</summary>
/// <remarks>
/// <c>prologue; .try { blocks } finally { handler } end</c>, where pieces that leave the body branch to the end. The region is the outermost, so it stands
/// last among the clauses. No branch leads to the prologue.
/// </remarks>
internal sealed class BodyFrame
{
    /// <summary>What runs once, before the first block.</summary>
    public ByteBuffer Prologue { get; } = new();

    /// <summary>The handler of the region around all blocks; empty where there is no region.</summary>
    public ByteBuffer Handler { get; } = new();

    /// <summary>What stands behind the handler.</summary>
    public ByteBuffer End { get; } = new();

    /// <summary>True where a region is around all blocks.</summary>
    public bool HasRegion => Handler.Position > 0;

    /// <summary>How deep it pushes.</summary>
    public int StackDepth => Prologue.Position > 0 ? 2 : 0;

    /// <summary>Bytes behind the blocks.</summary>
    public int EpilogueSize => Handler.Position + End.Position;

    /// <summary>Makes ready for another method.</summary>
    public void Clear()
    {
        Prologue.Clear();
        Handler.Clear();
        End.Clear();
    }

    /// <summary>The clause of the region.</summary>
    /// <param name="first">Position of the first block.</param>
    /// <param name="end">Position behind the last one.</param>
    public ExceptionClause Clause(int first, int end) => new(ExceptionClause.Finally, first, end, end, end + Handler.Position, 0);
}
