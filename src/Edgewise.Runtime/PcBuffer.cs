using Edgewise.Runtime.Formats.Legacy;

namespace Edgewise.Runtime;

/// <summary>Appends the PCs of points that were reached for the first time to a buffer of the user's, when asked.</summary>
internal sealed class PcBuffer
{
    private readonly object _lock = new();

    // Per module, which points need not be appended any more. Written and read under the lock.
    private readonly Dictionary<int, byte[]> _known = [];
    private ulong[]? _buffer;
    private int _position;

    public void Set(ulong[]? buffer)
    {
        lock (_lock)
        {
            _buffer = buffer;
            _position = 0;
            _known.Clear();
            foreach (CoverageModule module in buffer is null ? [] : CoverageModule.All())
            {
                _known[module.Number] = module.Counters.ToArray();
            }
        }
    }

    /// <summary>Appends what is new, and tells how many PCs stand in the buffer. What does not fit is appended to no buffer.</summary>
    public int Fill()
    {
        lock (_lock)
        {
            foreach (CoverageModule module in _buffer is null ? [] : CoverageModule.All())
            {
                if (!_known.TryGetValue(module.Number, out byte[]? known))
                {
                    _known.Add(module.Number, known = new byte[module.PointCount]);
                }

                Append(module, known);
            }

            return _position;
        }
    }

    private void Append(CoverageModule module, byte[] known)
    {
        ReadOnlySpan<byte> counters = module.Counters;
        for (int i = 0; i < counters.Length && _position < _buffer!.Length; i++)
        {
            if (counters[i] != 0 && known[i] == 0 && module.PointSet is { } points)
            {
                known[i] = 1;
                _buffer[_position++] = RawFile.BaseOf(module.Number) + (uint)points.Pcs[i];
            }
        }
    }
}
