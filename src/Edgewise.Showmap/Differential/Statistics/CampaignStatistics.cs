using System.Text;

namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>What can be said of a campaign's approaches, seeing how their trials scatter.</summary>
/// <param name="Options">How it was measured.</param>
/// <param name="Approaches">One each, in order.</param>
/// <param name="Comparisons">One for each pair, the earlier one first.</param>
public sealed record CampaignStatistics(StatisticsOptions Options, IReadOnlyList<ApproachSummary> Approaches, IReadOnlyList<ApproachComparison> Comparisons)
{
    private const ulong FnvOffset = 14695981039346656037, FnvPrime = 1099511628211;

    /// <summary>Measures a campaign.</summary>
    /// <exception cref="ShowmapException">The reference is no approach of it, or covers no edge in all of its trials.</exception>
    public static CampaignStatistics Of(Campaign campaign, StatisticsOptions options)
    {
        double[][] values = Measure(campaign, options);
        ApproachSummary[] approaches = [.. campaign.Approaches.Select((approach, i) => Summary(approach.Name, values[i], options))];
        List<(int First, int Second, MannWhitney Test)> tests = [];
        for (int first = 0; first < values.Length; first++)
        {
            for (int second = first + 1; second < values.Length; second++)
            {
                tests.Add((first, second, MannWhitney.Compare(values[first], values[second])));
            }
        }

        double[] adjusted = HolmCorrection.Adjust([.. tests.Select(static test => test.Test.P)]);
        return new CampaignStatistics(options, approaches, [.. tests.Select((test, i) => new ApproachComparison(
            test.First, test.Second, test.Test, adjusted[i], VarghaDelaney.Of(test.Test.U, values[test.First].Length, values[test.Second].Length)))]);
    }

    private static double[][] Measure(Campaign campaign, StatisticsOptions options)
    {
        switch (options.Measure)
        {
            case TrialMeasure.Edges:
                return [.. campaign.Approaches.Select(static approach => approach.Trials.Select(static trial => (double)trial.EdgeCount).ToArray())];
            case TrialMeasure.Relscore:
                return [.. RelativeScore.Of(campaign).Select(static score => score.TrialScores.Select(static value => (double)value).ToArray())];
            default:
                Approach reference = campaign.Approaches.FirstOrDefault(approach => approach.Name == options.Reference)
                    ?? throw new ShowmapException($"there is no approach '{options.Reference}' to measure by; the approaches are {string.Join(", ", campaign.Approaches.Select(static approach => approach.Name))}");
                EdgeSet edges = reference.Reduced(options.Collection);
                double size = edges.Count;
                return size == 0
                    ? throw new ShowmapException($"the trials of '{options.Reference}' have no edge in common, of which there is no part; expected --collection union")
                    : [.. campaign.Approaches.Select(approach => approach.Trials.Select(trial => trial.Edges.CountCommon(edges) / size).ToArray())];
        }
    }

    // Draws depend on the approach's name and on nothing else, so that leaving one out changes no interval of another.
    private static ApproachSummary Summary(string name, double[] values, StatisticsOptions options)
    {
        ulong hash = FnvOffset;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * FnvPrime;
        }

        SplitMix64 random = new(options.Seed ^ hash);
        Statistic statistic = sample => options.Values.Reduce(sample);
        return new ApproachSummary(
            name, values, statistic((double[])values.Clone()), BootstrapInterval.Of(values, statistic, options.Confidence, options.Resamples, ref random));
    }
}
