using System.Numerics;

namespace Edgewise.Showmap.Differential;

/// <summary>A set of edges by their dense numbers, a bit each. Sets of different capacity go together: what lies beyond is not in the set.</summary>
/// <param name="capacity">Edges that fit without growing.</param>
public sealed class EdgeSet(int capacity)
{
    private const int WordShift = 6, WordMask = 63;

    private ulong[] _words = new ulong[(Math.Max(capacity, 1) + WordMask) >> WordShift];

    /// <summary>How many edges are in the set.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>True where an edge is in the set.</summary>
    public bool Contains(int edge) => (edge >> WordShift) < _words.Length && (_words[edge >> WordShift] >> (edge & WordMask) & 1) != 0;

    /// <summary>Puts an edge in.</summary>
    public void Add(int edge)
    {
        if ((edge >> WordShift) >= _words.Length)
        {
            Grow(edge >> WordShift);
        }

        _words[edge >> WordShift] |= 1UL << (edge & WordMask);
    }

    /// <summary>Takes an edge out.</summary>
    public void Remove(int edge)
    {
        if ((edge >> WordShift) < _words.Length)
        {
            _words[edge >> WordShift] &= ~(1UL << (edge & WordMask));
        }
    }

    /// <summary>Takes all edges out.</summary>
    public void Clear() => Array.Clear(_words);

    /// <summary>Adds all edges of another set.</summary>
    public void UnionWith(EdgeSet other)
    {
        ulong[] words = other._words;
        if (words.Length > _words.Length)
        {
            Array.Resize(ref _words, words.Length);
        }

        for (int i = 0; i < words.Length; i++)
        {
            _words[i] |= words[i];
        }
    }

    /// <summary>Leaves only edges that are in another set, too.</summary>
    public void IntersectWith(EdgeSet other)
    {
        for (int i = 0; i < _words.Length; i++)
        {
            _words[i] &= i < other._words.Length ? other._words[i] : 0;
        }
    }

    /// <summary>How many edges are in both sets.</summary>
    public int CountCommon(EdgeSet other)
    {
        ReadOnlySpan<ulong> ours = _words, theirs = other._words;
        int length = Math.Min(ours.Length, theirs.Length), count = 0;
        ours = ours[..length];
        theirs = theirs[..length];
        for (int i = 0; i < ours.Length; i++)
        {
            count += BitOperations.PopCount(ours[i] & theirs[i]);
        }

        return count;
    }

    /// <summary>Adds 1 to the number of each edge in the set.</summary>
    /// <param name="counts">A number for each edge; at least as many as edges are known.</param>
    public void AddTo(Span<int> counts)
    {
        for (int i = 0; i < _words.Length; i++)
        {
            for (ulong word = _words[i]; word != 0; word &= word - 1)
            {
                counts[(i << WordShift) + BitOperations.TrailingZeroCount(word)]++;
            }
        }
    }

    /// <summary>The sum of a weight over the edges in the set.</summary>
    /// <param name="weights">A weight for each edge; at least as many as edges are known.</param>
    public long Sum(ReadOnlySpan<int> weights)
    {
        long sum = 0;
        for (int i = 0; i < _words.Length; i++)
        {
            for (ulong word = _words[i]; word != 0; word &= word - 1)
            {
                sum += weights[(i << WordShift) + BitOperations.TrailingZeroCount(word)];
            }
        }

        return sum;
    }

    private void Grow(int word) => Array.Resize(ref _words, Math.Max(word + 1, checked(_words.Length * 2)));
}
