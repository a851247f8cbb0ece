using Edgewise.Simulation.Scheduling;

namespace Edgewise.Simulation.Time;

/// <summary>
/// Work that waits for a time, ordered by time and then by the order in which it was added: a binary heap that knows where each stands, so that it can be
/// taken out again. Kept from run to run.
/// </summary>
internal sealed class TimerHeap
{
    private Entry[] _entries = new Entry[32];
    private long _sequence;
    private int _used;

    /// <summary>Number of things that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Time of the first, in ticks since the world began; there must be one.</summary>
    public long FirstDue => _entries[0].Due;

    /// <summary>Adds work that does not wait yet.</summary>
    public void Add(TimedWork work, long due)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * Count);
        }

        _used = Math.Max(_used, Count + 1);
        Rise(Count++, new Entry(due, _sequence++, work));
    }

    /// <summary>Takes the first; there must be one.</summary>
    public TimedWork TakeFirst()
    {
        TimedWork first = _entries[0].Work;
        RemoveAt(0);
        return first;
    }

    /// <summary>Takes work out if it waits.</summary>
    public void Remove(TimedWork work)
    {
        if (work.Place >= 0)
        {
            RemoveAt(work.Place);
        }
    }

    /// <summary>Takes out all work of a context that ended.</summary>
    public void Remove(WorldContext context)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_entries[i].Work.Context == context)
            {
                _entries[i].Work.Place = -1;
            }
            else
            {
                _entries[kept++] = _entries[i];
            }
        }

        Count = kept;
        // A sorted array is a heap, and what is sorted by time and sequence does not depend on what was taken out.
        Array.Sort(_entries, 0, kept);
        for (int i = 0; i < kept; i++)
        {
            _entries[i].Work.Place = i;
        }
    }

    /// <summary>Empties it, and lets go of everything it held.</summary>
    public void Clear()
    {
        Array.Clear(_entries, 0, _used);
        Count = 0;
        _used = 0;
        _sequence = 0;
    }

    private void RemoveAt(int place)
    {
        _entries[place].Work.Place = -1;
        Entry last = _entries[--Count];
        if (place == Count)
        {
            return;
        }

        if (place > 0 && last.CompareTo(_entries[(place - 1) / 2]) < 0)
        {
            Rise(place, last);
        }
        else
        {
            Sink(place, last);
        }
    }

    private void Rise(int place, Entry entry)
    {
        while (place > 0)
        {
            int parent = (place - 1) / 2;
            if (entry.CompareTo(_entries[parent]) >= 0)
            {
                break;
            }

            Put(place, _entries[parent]);
            place = parent;
        }

        Put(place, entry);
    }

    private void Sink(int place, Entry entry)
    {
        while (true)
        {
            int child = (2 * place) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && _entries[child + 1].CompareTo(_entries[child]) < 0)
            {
                child++;
            }

            if (entry.CompareTo(_entries[child]) <= 0)
            {
                break;
            }

            Put(place, _entries[child]);
            place = child;
        }

        Put(place, entry);
    }

    private void Put(int place, Entry entry)
    {
        _entries[place] = entry;
        entry.Work.Place = place;
    }

    private readonly record struct Entry(long Due, long Sequence, TimedWork Work) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Due != other.Due ? Due.CompareTo(other.Due) : Sequence.CompareTo(other.Sequence);
    }
}
