using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary><c>KCOV_TRACE_PC</c>: every PC, eight bytes each.</summary>
internal unsafe struct RawAppend(int words) : IUniqueDesign
{
    private TraceArea _area = PcArea.Allocate(words);

    public readonly long Recorded => _area.Count;

    public readonly long Lost => _area.Lost;

    public readonly long StateBytes => 0;

    public bool IsSettled(ulong pc, uint* guard) => _area.TryAppend(pc);

    public void Record(ulong pc, uint* guard) => _area.Lost++;

    public void Reset() => _area.Clear();

    public readonly ulong[] Found() => PcArea.Words(_area);

    public readonly void Free() => PcArea.Free(_area);
}
