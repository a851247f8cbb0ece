using Edgewise.Runtime.Map;

namespace Edgewise.Runtime;

/// <summary>
/// The part of the coverage map that belongs to one load context, so that two copies of a target in one process are measured apart. Under a map
/// file there is one region for all.
/// </summary>
public readonly unsafe struct CoverageRegion : IEquatable<CoverageRegion>
{
    private readonly int _index;

    internal CoverageRegion(int index) => _index = index;

    /// <summary>Number of the region in the map; the default load context's is usually 0.</summary>
    public int Index => _index;

    /// <summary>
    /// The counters themselves, one byte a point, as they change. The memory is never given back, but grows with each module that loads: take the
    /// span anew for each run.
    /// </summary>
    public Span<byte> Counters => new(
        (byte*)Host.Ask(MapRequest.Start) + Host.Ask(MapRequest.RegionStart, 0, _index), (int)Host.Ask(MapRequest.RegionUsed, 0, _index));

    /// <summary>
    /// The whole pages that the counters stand in, now and after more modules have loaded; nothing else stands in them. They may be replaced by pages of a
    /// file at the same addresses, for another process to see. Empty where the system has no such pages, and under a map file.
    /// </summary>
    public Span<byte> Pages => new(
        (byte*)Host.Ask(MapRequest.Start) + Host.Ask(MapRequest.RegionStart, 0, _index), (int)Host.Ask(MapRequest.RegionPages, 0, _index));

    /// <summary>Number of points of the modules in the region.</summary>
    public int PointCount => (int)Host.Ask(MapRequest.PointCount, 0, _index);

    /// <summary>Number of points that were hit since the last reset.</summary>
    public int CoveredCount => CoverageModule.CountHits(Counters);

    /// <summary>Clears the counters and flags of the region.</summary>
    public void Reset() => Host.Ask(MapRequest.Reset, 0, _index);

    /// <summary>A copy of the counters.</summary>
    public byte[] Snapshot() => Counters.ToArray();

    /// <inheritdoc/>
    public bool Equals(CoverageRegion other) => _index == other._index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CoverageRegion other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _index;

    /// <summary>True for the same region.</summary>
    public static bool operator ==(CoverageRegion left, CoverageRegion right) => left.Equals(right);

    /// <summary>True for different regions.</summary>
    public static bool operator !=(CoverageRegion left, CoverageRegion right) => !left.Equals(right);
}
