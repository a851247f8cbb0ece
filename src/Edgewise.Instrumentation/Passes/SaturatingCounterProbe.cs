using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>never-zero</c>: adds one to the point's counter unless it is 255, which reads as "255 or more".</summary>
/// <param name="counters">Where the counters are.</param>
/// <remarks>
/// A predicted branch around the increment. Forms without a branch (<c>c + 1 - (c + 1 >> 8)</c>, add with carry) make each pass wait for the
/// whole computation of the one before; here it waits for the increment alone, as with a plain counter.
/// </remarks>
internal sealed class SaturatingCounterProbe(PointAddress counters) : PointProbe
{
    private const int TestSize = 4;
    private const int IncrementSize = 5;

    public override int StackDepth => 3;

    public override int Size(int point) => (2 * PointAddress.Size(point)) + TestSize + IncrementSize;

    public override void Emit(ByteBuffer il, int point)
    {
        counters.Emit(il, point);
        il.WriteByte(Opcode.LdindI1);
        il.WriteByte(Opcode.LdcI4M1);
        il.WriteByte(Opcode.BeqShort);
        il.WriteByte((byte)(PointAddress.Size(point) + IncrementSize));
        counters.Emit(il, point);
        il.WriteByte(Opcode.Dup);
        il.WriteByte(Opcode.LdindU1);
        il.WriteByte(Opcode.LdcI4One);
        il.WriteByte(Opcode.Add);
        il.WriteByte(Opcode.StindI1);
    }
}
