using System.Runtime.CompilerServices;
using Edgewise.Exploration.Randomness;

namespace Edgewise.Simulation.Scheduling;

/// <summary>
/// What is ready to run, in no order: each pick takes one of all with the same probability. Used by one thread; kept from run to run, so that a run
/// allocates nothing here.
/// </summary>
/// <remarks>
/// A pick among one costs no draw: a recipe of a system that does one thing at a time holds its own draws only. The place that a pick leaves is filled with
/// the last, so places depend on nothing but the order of adds and picks.
/// </remarks>
internal sealed class ReadyQueue
{
    private ReadyWork[] _work = new ReadyWork[32];
    // Places from here on were never used since Clear: what stands below may hold references.
    private int _used;

    /// <summary>Number of things that are ready.</summary>
    public int Count { get; private set; }

    /// <summary>Adds work.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(object work, object? state, WorldContext context)
    {
        if (Count == _work.Length)
        {
            Array.Resize(ref _work, 2 * Count);
        }

        _work[Count++] = new ReadyWork(work, state, context);
    }

    /// <summary>Takes one of all; there must be one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadyWork Take(RandomSource random)
    {
        ReadyWork[] all = _work;
        int last = Count - 1;
        _used = Math.Max(_used, Count);
        int place = last == 0 ? 0 : random.Below(last + 1);
        ReadyWork taken = all[place];
        if (place != last)
        {
            all[place] = all[last];
        }

        Count = last;
        return taken;
    }

    /// <summary>Drops the work of a context that ended; the rest keeps its order.</summary>
    public void Remove(WorldContext context)
    {
        _used = Math.Max(_used, Count);
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_work[i].Context != context)
            {
                _work[kept++] = _work[i];
            }
        }

        Count = kept;
    }

    /// <summary>Empties it, and lets go of everything it held.</summary>
    public void Clear()
    {
        Array.Clear(_work, 0, Math.Max(_used, Count));
        Count = 0;
        _used = 0;
    }
}
