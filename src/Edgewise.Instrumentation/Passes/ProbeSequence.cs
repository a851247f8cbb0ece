using Edgewise.Instrumentation.Image;

namespace Edgewise.Instrumentation.Passes;

/// <summary>The probes of several features, one behind the other.</summary>
internal sealed class ProbeSequence(IReadOnlyList<PointProbe> probes) : PointProbe
{
    public override int StackDepth => probes.Count == 0 ? 0 : probes.Max(probe => probe.StackDepth);

    public override int Size(int point)
    {
        int size = 0;
        foreach (PointProbe probe in probes)
        {
            size += probe.Size(point);
        }

        return size;
    }

    public override void Emit(ByteBuffer il, int point)
    {
        foreach (PointProbe probe in probes)
        {
            probe.Emit(il, point);
        }
    }
}
