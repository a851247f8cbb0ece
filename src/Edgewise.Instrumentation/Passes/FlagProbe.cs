using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>inline-bool-flag</c>: sets the point's byte to 1 unless it is set, as clang does.</summary>
/// <param name="flags">Where the flags are.</param>
/// <remarks>
/// The test costs little and is worth much: a flag that is set is only read, so threads in the same code share its cache line. Stored every
/// time, two threads take more than twice as long (docs/benchmarks.md, group <c>threads</c>).
/// </remarks>
internal sealed class FlagProbe(PointAddress flags) : PointProbe
{
    private const int TestSize = 3;
    private const int StoreSize = 2;

    public override int StackDepth => 2;

    public override int Size(int point) => (2 * PointAddress.Size(point)) + TestSize + StoreSize;

    public override void Emit(ByteBuffer il, int point)
    {
        flags.Emit(il, point);
        il.WriteByte(Opcode.LdindU1);
        il.WriteByte(Opcode.BrTrueShort);
        il.WriteByte((byte)(PointAddress.Size(point) + StoreSize));
        flags.Emit(il, point);
        il.WriteByte(Opcode.LdcI4One);
        il.WriteByte(Opcode.StindI1);
    }
}
