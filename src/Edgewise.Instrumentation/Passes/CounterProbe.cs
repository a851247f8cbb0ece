using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>inline-8bit-counters</c>: adds one to the point's counter, wrapping at 256.</summary>
/// <param name="counters">Where the counters are.</param>
/// <remarks>At tier 1 the address is a constant; with the coverage map below 2 GiB, <c>inc byte ptr [abs32]</c> is left.</remarks>
internal sealed class CounterProbe(PointAddress counters) : PointProbe
{
    public override int StackDepth => 3;

    public override int Size(int point) => PointAddress.Size(point) + 5;

    public override void Emit(ByteBuffer il, int point)
    {
        counters.Emit(il, point);
        il.WriteByte(Opcode.Dup);
        il.WriteByte(Opcode.LdindU1);
        il.WriteByte(Opcode.LdcI4One);
        il.WriteByte(Opcode.Add);
        il.WriteByte(Opcode.StindI1);
    }
}
