using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>inline-bool-flag</c>: sets the point's byte to 1. A store without a load, so threads do not wait for each other's lines to read them.</summary>
/// <param name="flags">Where the flags are.</param>
internal sealed class FlagProbe(PointAddress flags) : PointProbe
{
    public override int StackDepth => 2;

    public override int Size(int point) => PointAddress.Size(point) + 2;

    public override void Emit(ByteBuffer il, int point)
    {
        flags.Emit(il, point);
        il.WriteByte(Opcode.LdcI4One);
        il.WriteByte(Opcode.StindI1);
    }
}
