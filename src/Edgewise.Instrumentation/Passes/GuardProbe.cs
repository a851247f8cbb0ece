using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>trace-pc-guard</c>: calls the callback with the point's guard, unless that is zero.</summary>
/// <param name="guards">Token of the holder's <c>static readonly uint*</c>.</param>
/// <param name="callback">Token of the callback.</param>
/// <param name="firstPoint">Token of the holder's <c>static readonly int</c> where the callback takes the point, else 0.</param>
internal sealed class GuardProbe(int guards, int callback, int firstPoint) : PointProbe
{
    private const int GuardSize = sizeof(uint);
    private const int TokenInstructionSize = 5;
    private const int ShortBranchSize = 2;

    public override int StackDepth => 3;

    public override int Size(int point) =>
        Emitter.AddressSize(point * GuardSize) + 1 + ShortBranchSize + CallSize(point);

    public override void Emit(ByteBuffer il, int point)
    {
        Emitter.Address(il, guards, point * GuardSize);
        il.WriteByte(Opcode.LdindU4);
        il.WriteByte(Opcode.BrFalseShort);
        il.WriteByte((byte)CallSize(point));
        Emitter.Address(il, guards, point * GuardSize);
        if (firstPoint != 0)
        {
            Emitter.Address(il, firstPoint, point);
        }

        il.WriteByte(Opcode.Call);
        il.WriteInt32(callback);
    }

    private int CallSize(int point) =>
        Emitter.AddressSize(point * GuardSize) + (firstPoint != 0 ? Emitter.AddressSize(point) : 0) + TokenInstructionSize;
}
