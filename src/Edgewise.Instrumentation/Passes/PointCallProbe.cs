using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>trace-pc</c> and <c>trace-bb</c>: calls the callback with the point's process-wide number, which stands for C's return address.</summary>
/// <param name="firstPoint">Token of the holder's <c>static readonly int</c>: the number of the module's first point.</param>
/// <param name="callback">Token of the callback.</param>
internal sealed class PointCallProbe(int firstPoint, int callback) : PointProbe
{
    private const int CallSize = 5;

    public override int StackDepth => 2;

    public override int Size(int point) => Emitter.AddressSize(point) + CallSize;

    public override void Emit(ByteBuffer il, int point)
    {
        Emitter.Address(il, firstPoint, point);
        il.WriteByte(Opcode.Call);
        il.WriteInt32(callback);
    }
}
