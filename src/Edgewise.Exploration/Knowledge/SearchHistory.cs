using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;
using Edgewise.Feedback;

namespace Edgewise.Exploration.Knowledge;

/// <summary>
/// All that the runs of a search found so far: the best value of each state, and per edge a mask of hit-count classes. It only grows, and is kept across
/// root seeds.
/// </summary>
/// <remarks>Written by the coordinator alone, in the order of jobs: so it is the same whatever engine ran them.</remarks>
public sealed class SearchHistory
{
    private readonly Dictionary<ulong, long> _best = [];
    private byte[] _edges = [];
    private byte[] _masked = [];

    /// <summary>Number of states that were seen.</summary>
    public int StateCount => _best.Count;

    /// <summary>Number of edges that could be counted; 0 without instrumentation.</summary>
    public int EdgeCount => _edges.Length;

    /// <summary>Number of edges that were taken.</summary>
    public int CoveredEdgeCount { get; private set; }

    /// <summary>Best values by state.</summary>
    public IReadOnlyDictionary<ulong, long> States => _best;

    /// <summary>Masks of hit-count classes by edge.</summary>
    public ReadOnlySpan<byte> Edges => _edges;

    /// <summary>Points whose counters tell nothing, because two equal runs differ there or they stand in class constructors: they are never new.</summary>
    public int MaskedEdgeCount => _masked.Count(mask => mask != 0);

    /// <summary>Takes over what was known before, from a file.</summary>
    internal void Load(IEnumerable<KeyValuePair<ulong, long>> states, byte[] edges, byte[] masked)
    {
        foreach ((ulong state, long best) in states)
        {
            _best[state] = best;
        }

        _edges = edges;
        _masked = masked;
        CoveredEdgeCount = edges.Count(mask => mask != 0);
    }

    /// <summary>Points that were left out, a byte each; empty if none were.</summary>
    internal ReadOnlySpan<byte> Masked => _masked;

    /// <summary>True if a point is left out.</summary>
    public bool IsMasked(int point) => point < _masked.Length && _masked[point] != 0;

    /// <summary>Leaves a point out from now on.</summary>
    public void MaskEdge(int point)
    {
        if (point >= _masked.Length)
        {
            Array.Resize(ref _masked, Math.Max(point + 1, _edges.Length));
        }

        _masked[point] = 1;
    }

    /// <summary>Leaves points out, a byte each that is not 0.</summary>
    internal void MaskEdges(ReadOnlySpan<byte> masked) => _masked = masked.ToArray();

    /// <summary>Takes in what a run found, and says what of it is new.</summary>
    public Novelties Absorb(TimelineResult result)
    {
        List<Discovery>? discoveries = null;
        foreach (Discovery discovery in result.Discoveries)
        {
            if (_best.TryGetValue(discovery.State, out long best))
            {
                if (discovery.Value <= best)
                {
                    continue;
                }

                _best[discovery.State] = discovery.Value;
                (discoveries ??= []).Add(discovery.Kind == DiscoveryKind.NewKey ? discovery with { Kind = DiscoveryKind.BetterQuality } : discovery);
            }
            else
            {
                _best.Add(discovery.State, discovery.Value);
                (discoveries ??= []).Add(discovery);
            }
        }

        discoveries?.Sort((left, right) => left.Segment != right.Segment ? left.Segment.CompareTo(right.Segment) : left.Count.CompareTo(right.Count));
        return new Novelties(discoveries ?? (IReadOnlyList<Discovery>)[], AbsorbEdges(result.Counters.Span));
    }

    private List<EdgeMark> AbsorbEdges(ReadOnlySpan<byte> counters)
    {
        if (counters.Length > _edges.Length)
        {
            Array.Resize(ref _edges, counters.Length);
        }

        Span<byte> known = _edges.AsSpan(0, counters.Length);
        if (counters.IsEmpty || !History.HasNovelty(counters, known))
        {
            return [];
        }

        List<EdgeMark> marks = [];
        for (int point = 0; point < counters.Length; point++)
        {
            byte hit = HitCountClasses.Of(counters[point]);
            if ((hit & ~known[point]) == 0)
            {
                continue;
            }

            bool isFirst = known[point] == 0;
            known[point] |= hit;
            if (isFirst)
            {
                CoveredEdgeCount++;
            }

            if (!IsMasked(point))
            {
                // A new edge is looked for at its first hit, however often it was taken.
                marks.Add(new EdgeMark(point, isFirst ? (byte)1 : hit));
            }
        }

        return marks;
    }
}
