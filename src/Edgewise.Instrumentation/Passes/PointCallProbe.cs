using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>trace-pc</c> and <c>trace-bb</c>: calls the callback with the point's process-wide number, which stands for C's return address.</summary>
/// <param name="firstPoint">Token of the holder's <c>static readonly int</c>: the number of the module's first point.</param>
/// <param name="callback">Token of the callback.</param>
/// <param name="isLeftOut">True for points that another callback is told of; null: there are none.</param>
/// <param name="thread">What the callback is handed first; null: nothing.</param>
internal sealed class PointCallProbe(int firstPoint, int callback, Func<int, bool>? isLeftOut = null, MethodThread? thread = null) : PointProbe
{
    private const int CallSize = 5;

    public override int StackDepth => 3;

    public override int Size(int point) => isLeftOut?.Invoke(point) == true ? 0 : (thread?.LoadSize ?? 0) + Emitter.AddressSize(point) + CallSize;

    public override void Emit(ByteBuffer il, int point)
    {
        if (isLeftOut?.Invoke(point) == true)
        {
            return;
        }

        thread?.Load(il);
        Emitter.Address(il, firstPoint, point);
        il.WriteByte(Opcode.Call);
        il.WriteInt32(callback);
    }
}
