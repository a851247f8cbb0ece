using Edgewise.Exploration.Engines.Workers;

namespace Edgewise.Exploration.Engines.Forking;

/// <summary>
/// The counters of a target whose runs are in forked children. Where they stand in the slot, parent and children share them: the parent has what a dead
/// child left, and must put back what the next one is to begin with. Elsewhere each child has its own.
/// </summary>
internal sealed class ForkCounters
{
    private readonly ITimelineTarget _target;
    private readonly WorkerSlot _slot;
    private byte[] _kept = [];
    private int _keptLength;
    private bool _isDirty = true;

    /// <summary>Puts the counters into the slot, if the target owns their pages.</summary>
    public ForkCounters(ITimelineTarget target, WorkerSlot slot)
    {
        _target = target;
        _slot = slot;
        Place = slot.TakeIn(target);
    }

    /// <summary>Where the counters stand in the slot, and the bytes from there to the end of their pages; nothing where they are not there.</summary>
    public (long Offset, long Length) Place { get; }

    private bool IsShared => Place.Length > 0;

    // From the first counter to the end of the pages: modules that only a child has loaded count behind those that this process knows.
    private Span<byte> All => ((IOwnedCounterPages)_target).CounterPages[^(int)Place.Length..];

    /// <summary>Clears what a child that loaded more modules may find behind the counters that this process knows.</summary>
    public void Clear()
    {
        if (IsShared)
        {
            (_isDirty ? All : All[..Math.Min(All.Length, _slot.CounterCount)]).Clear();
            _isDirty = false;
        }
    }

    /// <summary>Keeps the counters as they stand, for <see cref="Restore"/>.</summary>
    public void Keep()
    {
        if (IsShared)
        {
            _keptLength = _target.Counters.Length;
            if (_kept.Length < _keptLength)
            {
                _kept = new byte[_keptLength];
            }

            _target.Counters.CopyTo(_kept);
        }
    }

    /// <summary>Makes the counters what they were.</summary>
    public void Restore()
    {
        if (IsShared)
        {
            Clear();
            _kept.AsSpan(0, _keptLength).CopyTo(_target.Counters);
        }
    }

    /// <summary>Notes the points of a child that is over: they are not those of a first time, which the child itself has left out.</summary>
    public void NoteChild(ColdPoints cold)
    {
        if (IsShared)
        {
            cold.Absorb(_target.Counters);
        }
    }

    /// <summary>What a child left that died; empty where it took it along.</summary>
    public ReadOnlySpan<byte> OfDeadChild()
    {
        if (!IsShared)
        {
            return [];
        }

        // Nobody knows how far it came.
        _isDirty = true;
        int end = All.LastIndexOfAnyExcept((byte)0) + 1;
        return All[..Math.Max(end, _target.Counters.Length)];
    }
}
