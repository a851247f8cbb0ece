using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

/// <summary>What the table of recent compares must hold after calls of callbacks: the operands of the last one of each site.</summary>
internal static class LastCalls
{
    /// <summary>The entries, by site.</summary>
    public static List<RecentCompare> Of(IEnumerable<TracedCall> calls, TracedModule module) =>
    [
        .. calls.GroupBy(call => call.Site).OrderBy(site => site.Key).Select(site => Entry(site.Last(), site.Key - module.FirstSite, module.Result.Points.Sites)),
    ];

    private static RecentCompare Entry(TracedCall call, int number, PointSite[] sites)
    {
        PointSite site = sites[number];
        (ulong left, ulong right) = site.Kind == SiteKind.ConstantCompare ? (call.Second, call.First) : (call.First, call.Second);
        return new RecentCompare(number, site.Pc, site.Kind, site.Width, left, right);
    }
}
