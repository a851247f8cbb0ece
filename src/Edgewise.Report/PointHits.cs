using Edgewise.Report.Model;

namespace Edgewise.Report;

/// <summary>How often the points of a module ran, by PC; the sum where there are several runs.</summary>
/// <param name="ModuleName">File name of the binary or .NET module.</param>
/// <param name="Identity">Build id, or SHA-256 of the original image, in lower-case hex; empty where that is unknown.</param>
/// <param name="Counts">Counts by PC.</param>
public sealed record PointHits(string ModuleName, string Identity, IReadOnlyDictionary<ulong, HitCount> Counts)
{
    /// <summary>The counts of a module; null where there are none.</summary>
    /// <param name="all">Counts of all modules.</param>
    /// <param name="moduleName">File name of the module.</param>
    /// <param name="identity">Build id or hash in lower-case hex; empty where that is unknown.</param>
    internal static IReadOnlyDictionary<ulong, HitCount>? Of(IReadOnlyList<PointHits> all, string moduleName, string identity)
    {
        PointHits[] own = [.. all.Where(hits => hits.ModuleName == moduleName && (hits.Identity.Length == 0 || identity.Length == 0 || hits.Identity == identity))];
        if (own.Length < 2)
        {
            return own.Length == 0 ? null : own[0].Counts;
        }

        Dictionary<ulong, HitCount> sum = new(own[0].Counts);
        foreach ((ulong pc, HitCount count) in own.Skip(1).SelectMany(static hits => hits.Counts))
        {
            sum[pc] = sum.TryGetValue(pc, out HitCount known) ? known + count : count;
        }

        return sum;
    }
}
