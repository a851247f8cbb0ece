using Edgewise.Feedback;

namespace Edgewise.Showmap.Replay.Targets;

/// <summary>Sums up what the calls of an entry count.</summary>
internal sealed class CountSums
{
    private readonly List<Module> _modules = [];

    /// <summary>Points of which a counter reached its ceiling.</summary>
    public int Saturated
    {
        get
        {
            int saturated = 0;
            foreach (Module module in _modules)
            {
                saturated += module.Saturated;
            }

            return saturated;
        }
    }

    /// <summary>Adds the counters of a module.</summary>
    public void Add(int module, ReadOnlySpan<byte> counters)
    {
        while (_modules.Count <= module)
        {
            _modules.Add(new Module());
        }

        _modules[module].Add(counters);
    }

    /// <summary>All sums, by module and point; begins anew.</summary>
    public SlotCount[] Take()
    {
        int count = 0;
        foreach (Module module in _modules)
        {
            count += module.Count;
        }

        var counts = new SlotCount[count];
        int at = 0;
        for (int module = 0; module < _modules.Count; module++)
        {
            at = _modules[module].Take(module, counts, at);
        }

        return counts;
    }

    // A sum for each point, and which points have one.
    private sealed class Module
    {
        private const byte Ceiling = byte.MaxValue;

        private ulong[] _sums = [];
        private int[] _slots = [];
        private bool[] _isSaturated = [];

        public int Count { get; private set; }

        public int Saturated { get; private set; }

        public void Add(ReadOnlySpan<byte> counters)
        {
            if (_sums.Length < counters.Length)
            {
                Array.Resize(ref _sums, counters.Length);
                Array.Resize(ref _slots, counters.Length);
                Array.Resize(ref _isSaturated, counters.Length);
            }

            foreach (int slot in new HitPlaces<byte>(counters))
            {
                byte count = counters[slot];
                if (_sums[slot] == 0)
                {
                    _slots[Count++] = slot;
                }

                _sums[slot] += count;
                if (count == Ceiling && !_isSaturated[slot])
                {
                    _isSaturated[slot] = true;
                    Saturated++;
                }
            }
        }

        public int Take(int number, SlotCount[] counts, int at)
        {
            // Points of one call come in order, those of several not.
            Span<int> slots = _slots.AsSpan(0, Count);
            slots.Sort();
            foreach (int slot in slots)
            {
                counts[at++] = new SlotCount(number, slot, _sums[slot]);
                _sums[slot] = 0;
                _isSaturated[slot] = false;
            }

            Count = Saturated = 0;
            return at;
        }
    }
}
