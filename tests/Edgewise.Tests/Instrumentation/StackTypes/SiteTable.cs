using System.Globalization;
using System.Text;
using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Tests.Instrumentation.StackTypes;

/// <summary>Counts sites by what they are and by why their type is not known.</summary>
internal sealed class SiteTable
{
    private static readonly SiteKinds[] Kinds = [SiteKinds.Comparisons, SiteKinds.Tests, SiteKinds.Switches, SiteKinds.Divisions, SiteKinds.Elements];

    private readonly Dictionary<(SiteKinds Kind, SkipReason Reason), long> _skipped = [];
    private readonly Dictionary<SiteKinds, long> _integers = [];
    private readonly Dictionary<SiteKinds, long> _others = [];

    public long Bodies { get; set; }

    public long Count => Typed + _skipped.Values.Sum();

    public long Typed => _integers.Values.Sum() + _others.Values.Sum();

    public IEnumerable<SkipReason> Reasons => _skipped.Keys.Select(key => key.Reason);

    public double TypedShare => (double)Typed / Count;

    public void Add(in StackSite site)
    {
        if (site.Reason != SkipReason.None)
        {
            _skipped[(site.Kind, site.Reason)] = _skipped.GetValueOrDefault((site.Kind, site.Reason)) + 1;
            return;
        }

        Dictionary<SiteKinds, long> counts = site.Type.IsInteger() ? _integers : _others;
        counts[site.Kind] = counts.GetValueOrDefault(site.Kind) + 1;
    }

    /// <summary>A table in Markdown, one row a kind of site.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        SkipReason[] reasons = [.. _skipped.Keys.Select(key => key.Reason).Distinct().Order()];
        text.AppendLine(CultureInfo.InvariantCulture, $"{Bodies} bodies, {Count} sites, {Typed} typed ({TypedShare * 100:F3} %)");
        text.AppendLine($"| sites | integers | other types |{string.Concat(reasons.Select(reason => $" {reason} |"))}");
        foreach (SiteKinds kind in Kinds)
        {
            string skipped = string.Concat(reasons.Select(reason => $" {_skipped.GetValueOrDefault((kind, reason))} |"));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {kind} | {_integers.GetValueOrDefault(kind)} | {_others.GetValueOrDefault(kind)} |{skipped}");
        }

        return text.ToString();
    }
}
