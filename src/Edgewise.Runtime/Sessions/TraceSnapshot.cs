using System.Runtime.InteropServices;

namespace Edgewise.Runtime.Sessions;

/// <summary>What a session recorded, as of one moment.</summary>
/// <remarks>PCs are those of <see cref="CoverageInterface"/>: the number of the module times 2³², plus the RVA in its original image. A point of a module without a point set has its bare number.</remarks>
public sealed class TraceSnapshot
{
    private const int EdgeShift = 32;

    private readonly ulong[] _points;
    private readonly ulong[] _edges;
    private readonly ulong[] _compares;
    private readonly bool _isExtended;

    internal TraceSnapshot(TraceModes modes, int words, bool isExtended, TraceWords found)
    {
        Modes = modes;
        Words = words;
        _isExtended = isExtended;
        (PcAccount, EdgeAccount, CompareAccount, Reentrant) = (found.PointAccount, found.EdgeAccount, found.CompareAccount, found.Reentrant);
        (_points, _edges, _compares) = (found.Points, found.Edges, found.Compares);
        PointPlaces places = PointPlaces.OfNow();
        Edges = EdgesOf(_edges.AsSpan(1), places);
        UnrecordedEdges = EdgesOf(found.UnrecordedEdges, places);
        UnrecordedPcs = [.. found.UnrecordedPoints.Select(point => places.PcOfPoint((uint)point))];
        foreach (ref ulong point in _points.AsSpan(1))
        {
            point = places.PcOfPoint((uint)point);
        }

        Span<TraceCompare> compares = MemoryMarshal.Cast<ulong, TraceCompare>(_compares.AsSpan(1));
        foreach (ref TraceCompare compare in compares)
        {
            compare = compare with { Pc = places.PcOfSite((int)compare.Pc) };
        }

        Compares = compares.ToArray();
    }

    /// <summary>What was recorded.</summary>
    public TraceModes Modes { get; }

    /// <summary>Words of each area.</summary>
    public int Words { get; }

    /// <summary>PCs of the points that were recorded, in order.</summary>
    public ReadOnlySpan<ulong> Pcs => _points.AsSpan(1);

    /// <summary>The edges that were recorded, in the order in which they came first.</summary>
    public IReadOnlyList<TraceEdge> Edges { get; }

    /// <summary>
    /// Under <see cref="TraceModes.UniqPc"/>, PCs of the points that were passed and found no room, in no order: what deduplicates remembers them. Their number is
    /// <see cref="TraceAccount.LostUnique"/>.
    /// </summary>
    public IReadOnlyList<ulong> UnrecordedPcs { get; }

    /// <summary>The edges that found no room, in no order.</summary>
    public IReadOnlyList<TraceEdge> UnrecordedEdges { get; }

    /// <summary>The comparisons that were recorded, in order.</summary>
    public IReadOnlyList<TraceCompare> Compares { get; }

    /// <summary>What became of points.</summary>
    public TraceAccount PcAccount { get; }

    /// <summary>What became of edges; an event is a point.</summary>
    public TraceAccount EdgeAccount { get; }

    /// <summary>What became of comparisons.</summary>
    public TraceAccount CompareAccount { get; }

    /// <summary>Events that the session's own code caused, where that is instrumented; they are in none of the accounts.</summary>
    public long Reentrant { get; }

    /// <summary>Records that found no room, in all areas.</summary>
    public long Lost => PcAccount.Lost + EdgeAccount.Lost + CompareAccount.Lost;

    /// <summary>
    /// The bytes that kcov would show a reader, as words: the area of points or compares, of <see cref="Words"/>; behind it that of edges where edges are recorded. With
    /// <see cref="TraceSessionOptions.Extended"/> always three: points, edges, compares.
    /// </summary>
    /// <remarks>
    /// An edge is the number of its first point plus one (zero: none) times 2³², plus that of its second. Where the words of the patch series are wanted, <see cref="TraceEdge.Hashed"/> has them.
    /// </remarks>
    public ulong[] ToBuffer()
    {
        bool isCompares = (Modes & (TraceModes.TraceCmp | TraceModes.UniqCmp)) != 0;
        ulong[] buffer = new ulong[(long)Words * (_isExtended ? 3 : Modes.HasFlag(TraceModes.UniqEdge) ? 2 : 1)];
        (isCompares && !_isExtended ? _compares : _points).CopyTo(buffer, 0);
        if (buffer.Length > Words)
        {
            _edges.CopyTo(buffer, Words);
        }

        if (_isExtended)
        {
            _compares.CopyTo(buffer, 2 * Words);
        }

        return buffer;
    }

    private static TraceEdge[] EdgesOf(ReadOnlySpan<ulong> words, PointPlaces places)
    {
        TraceEdge[] edges = new TraceEdge[words.Length];
        for (int i = 0; i < edges.Length; i++)
        {
            uint from = (uint)(words[i] >> EdgeShift);
            edges[i] = new TraceEdge(from == 0 ? 0 : places.PcOfPoint(from - 1), places.PcOfPoint((uint)words[i] - 1));
        }

        return edges;
    }
}
