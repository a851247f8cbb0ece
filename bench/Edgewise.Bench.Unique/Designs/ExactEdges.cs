using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>The default for edges: the numbers of both guards in one word, in the Runtime's set. Events are counted too.</summary>
internal unsafe struct ExactEdges : IUniqueDesign
{
    private const int Shift = 32;

    private EdgeSet _known;
    private GuardNumbers _numbers;
    private TraceArea _area;
    private ulong _before;
    private long _events;

    public ExactEdges(int words)
    {
        _area = PcArea.Allocate(words);
        _known.Clear();
    }

    public readonly long Recorded => _area.Count;

    public readonly long Lost => _area.Lost;

    public readonly long StateBytes => _known.Size;

    public readonly long Events => _events;

    /// <summary>How many edges were passed since the reset, whether or not there was room for them.</summary>
    public readonly int Passed => _known.Count;

    public bool IsSettled(ulong pc, uint* guard)
    {
        _events++;
        uint number = *guard;
        if (!_known.IsAtHome(_before | number))
        {
            return false;
        }

        _before = (ulong)number << Shift;
        return true;
    }

    public void Record(ulong pc, uint* guard)
    {
        uint number = _numbers.Of(guard);
        ulong edge = _before | number;
        _before = (ulong)number << Shift;
        if (_known.Add(edge))
        {
            _area.Append(edge);
        }
    }

    public void Reset()
    {
        _area.Clear();
        _known.Clear();
        _before = 0;
    }

    public readonly ulong[] Found() => PcArea.Words(_area);

    public void Free()
    {
        PcArea.Free(_area);
        _known.Free();
    }
}
