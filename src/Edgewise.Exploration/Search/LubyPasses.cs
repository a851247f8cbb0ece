namespace Edgewise.Exploration.Search;

/// <summary>
/// Walks over a list that may grow without end, from its first item, in passes whose lengths follow Luby's sequence 1, 1, 2, 1, 1, 2, 4, …: item
/// <c>k</c> gets a share near <c>1/k</c>, however long the list becomes.
/// </summary>
/// <remarks>Luby, Sinclair, Zuckerman: Optimal speedup of Las Vegas algorithms, 1993.</remarks>
internal sealed class LubyPasses
{
    // Knuth's reluctant doubling: the pair (u, v), of which v is the length of the pass.
    private long _u = 1;
    private long _length = 1;
    private long _next;

    /// <summary>The index of the next item, from 0.</summary>
    public int Next()
    {
        if (_next == _length)
        {
            _next = 0;
            (_u, _length) = (_u & -_u) == _length ? (_u + 1, 1) : (_u, 2 * _length);
        }

        return (int)_next++;
    }
}
