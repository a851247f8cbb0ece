namespace Edgewise.Symbols.Points;

/// <summary>A set of addresses, open-addressed.</summary>
/// <remarks>
/// Beside <see cref="HashSet{T}"/> for the start of a short command: of .NET's collections only those of classes and of few other types come compiled, and compiling one takes
/// longer than all of its work here.
/// </remarks>
internal sealed class AddressSet
{
    private ulong[] _slots = new ulong[16];
    private bool _hasZero;

    /// <summary>Number of addresses.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an address; one that is there stays.</summary>
    public void Add(ulong address)
    {
        if (Contains(address))
        {
            return;
        }

        Count++;
        if (address == 0)
        {
            _hasZero = true;
            return;
        }

        if (2 * Count > _slots.Length)
        {
            ulong[] smaller = _slots;
            _slots = new ulong[2 * smaller.Length];
            foreach (ulong known in smaller)
            {
                if (known != 0)
                {
                    _slots[SlotOf(known)] = known;
                }
            }
        }

        _slots[SlotOf(address)] = address;
    }

    /// <summary>True if the address was added.</summary>
    public bool Contains(ulong address) => address == 0 ? _hasZero : _slots[SlotOf(address)] == address;

    // Where an address stands, or the free slot where it would.
    private int SlotOf(ulong address)
    {
        int mask = _slots.Length - 1, slot = (int)((address * 0x9E3779B97F4A7C15) >> 40) & mask;
        while (_slots[slot] != 0 && _slots[slot] != address)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }
}
