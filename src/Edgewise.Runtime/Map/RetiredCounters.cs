namespace Edgewise.Runtime.Map;

/// <summary>What modules of collected load contexts reached, united per build and point set.</summary>
internal sealed class RetiredCounters
{
    private readonly Dictionary<(long Identity, int Length, uint Checksum), (WrittenPoints Points, string Path, byte[] Counters)> _builds = [];

    public void Add(WrittenPoints points, string path, ReadOnlySpan<byte> counters)
    {
        if (!_builds.TryGetValue(points.Key, out var known) || known.Counters.Length != counters.Length)
        {
            _builds[points.Key] = (points, path, counters.ToArray());
            return;
        }

        for (int i = 0; i < counters.Length; i++)
        {
            known.Counters[i] = (byte)Math.Min(known.Counters[i] + counters[i], byte.MaxValue);
        }
    }

    public List<(WrittenPoints Points, string Path, byte[] Counters)> Collect() => [.. _builds.Values];

    /// <summary>Number of points that were hit.</summary>
    public int CoveredCount => _builds.Values.Sum(static build => CoverageModule.CountHits(build.Counters));

    public void Clear() => _builds.Clear();
}
