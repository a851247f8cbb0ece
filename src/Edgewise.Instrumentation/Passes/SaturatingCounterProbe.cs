using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>never-zero</c>: adds one to the point's counter unless it is 255, which reads as "255 or more".</summary>
/// <param name="counters">Where the counters are.</param>
/// <remarks><c>c + 1 - (c + 1 >> 8)</c>, without a branch: the ninth bit is one exactly where the sum left the byte.</remarks>
internal sealed class SaturatingCounterProbe(PointAddress counters) : PointProbe
{
    public override int StackDepth => 4;

    public override int Size(int point) => PointAddress.Size(point) + 9;

    public override void Emit(ByteBuffer il, int point)
    {
        counters.Emit(il, point);
        il.WriteByte(Opcode.Dup);
        il.WriteByte(Opcode.LdindU1);
        il.WriteByte(Opcode.LdcI4One);
        il.WriteByte(Opcode.Add);
        il.WriteByte(Opcode.Dup);
        il.WriteByte(Opcode.LdcI4Eight);
        il.WriteByte(Opcode.ShrUn);
        il.WriteByte(Opcode.Sub);
        il.WriteByte(Opcode.StindI1);
    }
}
