using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>inline-bool-flag</c>: sets the point's byte to 1. A store without a load, so threads do not wait for each other's lines to read them.</summary>
/// <param name="flags">Token of the holder's <c>static readonly byte*</c>.</param>
internal sealed class FlagProbe(int flags) : PointProbe
{
    public override int StackDepth => 2;

    public override int Size(int point) => Emitter.AddressSize(point) + 2;

    public override void Emit(ByteBuffer il, int point)
    {
        Emitter.Address(il, flags, point);
        il.WriteByte(Opcode.LdcI4One);
        il.WriteByte(Opcode.StindI1);
    }
}
