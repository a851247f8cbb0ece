namespace Edgewise.Showmap.Replay.Targets;

/// <summary>Sums up what the calls of an entry count.</summary>
internal sealed class CountSums
{
    private const byte Ceiling = byte.MaxValue;

    // By module: a sum for each point, and which points have one.
    private readonly List<(ulong[] Sums, List<int> Slots)> _modules = [];
    private readonly HashSet<(int, int)> _saturated = [];

    /// <summary>Points of which a counter reached its ceiling.</summary>
    public int Saturated => _saturated.Count;

    /// <summary>Adds the counters of a module.</summary>
    public void Add(int module, ReadOnlySpan<byte> counters)
    {
        while (_modules.Count <= module)
        {
            _modules.Add(([], []));
        }

        (ulong[] sums, List<int> slots) = _modules[module];
        if (sums.Length < counters.Length)
        {
            Array.Resize(ref sums, counters.Length);
            _modules[module] = (sums, slots);
        }

        for (int slot = counters.IndexOfAnyExcept((byte)0); slot >= 0;)
        {
            byte count = counters[slot];
            if (sums[slot] == 0)
            {
                slots.Add(slot);
            }

            sums[slot] += count;
            if (count == Ceiling)
            {
                _saturated.Add((module, slot));
            }

            int more = counters[(slot + 1)..].IndexOfAnyExcept((byte)0);
            slot = more < 0 ? -1 : slot + 1 + more;
        }
    }

    /// <summary>All sums, by module and point; begins anew.</summary>
    public SlotCount[] Take()
    {
        var counts = new SlotCount[_modules.Sum(module => module.Slots.Count)];
        int at = 0;
        for (int module = 0; module < _modules.Count; module++)
        {
            (ulong[] sums, List<int> slots) = _modules[module];
            // Points of one call come in order, those of several not.
            slots.Sort();
            foreach (int slot in slots)
            {
                counts[at++] = new SlotCount(module, slot, sums[slot]);
                sums[slot] = 0;
            }

            slots.Clear();
        }

        _saturated.Clear();
        return counts;
    }
}
