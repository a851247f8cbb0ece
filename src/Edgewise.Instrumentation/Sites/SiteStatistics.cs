using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Counts what became of a module's sites, per feature.</summary>
internal sealed class SiteStatistics
{
    private readonly Dictionary<string, FeatureSites> _features = [];

    /// <summary>The counts, by feature.</summary>
    public IReadOnlyList<FeatureSites> All => [.. _features.Values.OrderBy(feature => feature.Feature, StringComparer.Ordinal)];

    /// <summary>Notes a site. Code that is never reached does not count.</summary>
    public void Count(SitePass pass, in StackSite site, SiteOutcome outcome)
    {
        if (outcome == SiteOutcome.Ignored || site.Reason == SkipReason.Unreachable)
        {
            return;
        }

        if (!_features.TryGetValue(pass.Feature, out FeatureSites? counts))
        {
            counts = new FeatureSites(pass.Feature);
            _features.Add(pass.Feature, counts);
        }

        counts.Add(outcome, outcome == SiteOutcome.Unknown ? site.Reason.ToString() : outcome.ToString());
    }
}
