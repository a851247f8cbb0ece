using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Sites;

namespace Edgewise.Instrumentation.Passes;

/// <summary><c>gated</c>: a probe that is passed over while the module's gate is closed.</summary>
/// <param name="probe">The probe.</param>
/// <param name="gate">Token of the holder's <c>static readonly byte*</c>.</param>
internal sealed class GatedProbe(PointProbe probe, int gate) : PointProbe
{
    private const int ShortBranchSize = 2;

    public override int StackDepth => probe.StackDepth;

    public override int Size(int point) => Gate.LoadSize + ShortBranchSize + probe.Size(point);

    public override void Emit(ByteBuffer il, int point)
    {
        Gate.Load(il, gate);
        il.WriteByte(Opcode.BrFalseShort);
        il.WriteByte(checked((byte)(sbyte)probe.Size(point)));
        probe.Emit(il, point);
    }
}
