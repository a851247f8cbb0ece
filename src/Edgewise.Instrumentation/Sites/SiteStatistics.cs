using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Counts what became of a module's sites, per feature.</summary>
internal sealed class SiteStatistics
{
    private readonly Dictionary<string, FeatureSites> _features = [];
    private readonly List<(string Feature, SiteOutcome Outcome, SkipReason Reason)> _ofBody = [];

    /// <summary>The counts, by feature.</summary>
    public IReadOnlyList<FeatureSites> All => [.. _features.Values.OrderBy(feature => feature.Feature, StringComparer.Ordinal)];

    /// <summary>Makes ready for another body.</summary>
    public void Begin() => _ofBody.Clear();

    /// <summary>Notes a site of the body. Code that is never reached does not count.</summary>
    public void Count(SitePass pass, in StackSite site, SiteOutcome outcome)
    {
        if (outcome == SiteOutcome.Ignored || site.Reason == SkipReason.Unreachable)
        {
            return;
        }

        _ofBody.Add((pass.Feature, outcome, site.Reason));
    }

    /// <summary>Counts the sites of the body, which was instrumented.</summary>
    public void Keep()
    {
        foreach ((string feature, SiteOutcome outcome, SkipReason reason) in _ofBody)
        {
            if (!_features.TryGetValue(feature, out FeatureSites? counts))
            {
                counts = new FeatureSites(feature);
                _features.Add(feature, counts);
            }

            counts.Add(outcome, outcome == SiteOutcome.Unknown ? reason.ToString() : outcome.ToString());
        }

        _ofBody.Clear();
    }
}
