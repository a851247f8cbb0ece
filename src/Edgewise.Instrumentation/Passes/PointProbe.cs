using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary>What one feature does at a point: a piece of IL that leaves the evaluation stack as it found it.</summary>
/// <remarks>
/// A probe may stand where the stack is not empty, and at the start of a handler. Its size must be known before the body is laid out,
/// so <see cref="Size"/> and <see cref="Emit"/> have to agree; the writer checks that.
/// </remarks>
internal abstract class PointProbe
{
    /// <summary>How deep the probe pushes on top of what is there.</summary>
    public abstract int StackDepth { get; }

    /// <summary>Bytes of IL at a point.</summary>
    /// <param name="point">Number of the point within the module.</param>
    public abstract int Size(int point);

    /// <summary>Writes the IL.</summary>
    /// <param name="il">The body that is being written.</param>
    /// <param name="point">Number of the point within the module.</param>
    public abstract void Emit(ByteBuffer il, int point);
}
