namespace Edgewise.Simulation.Processes;

/// <summary>
/// What a process keeps over a crash: bytes under keys. A write is durable when it returns. Disks with files, delays and faults are another matter; this
/// is the place where a system puts what it must not forget.
/// </summary>
public sealed class DurableStore
{
    // Sorted, so that the order of keys depends on nothing but them.
    private readonly SortedDictionary<string, byte[]> _values = new(StringComparer.Ordinal);

    /// <summary>The keys, in ordinal order.</summary>
    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <summary>Writes a value, in place of an earlier one.</summary>
    public void Write(string key, ReadOnlySpan<byte> value) => _values[key] = value.ToArray();

    /// <summary>Reads a value.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryRead(string key, out ReadOnlyMemory<byte> value)
    {
        bool isThere = _values.TryGetValue(key, out byte[]? bytes);
        value = bytes;
        return isThere;
    }

    /// <summary>Takes a value away.</summary>
    /// <returns>False if there was none.</returns>
    public bool Delete(string key) => _values.Remove(key);

    /// <summary>Takes all values away, as a new disk does.</summary>
    public void Wipe() => _values.Clear();
}
