namespace Edgewise.Showmap.Differential;

/// <summary>The relscore of approaches: each edge counts as much as there are approaches that never cover it, and as often as trials cover it.</summary>
/// <param name="Name">Name of the approach.</param>
/// <param name="Score">Its score, the mean of <paramref name="TrialScores"/>.</param>
/// <param name="TrialScores">For each of its trials, the sum over the edges it covers of how many approaches never do.</param>
public sealed record RelativeScore(string Name, double Score, IReadOnlyList<long> TrialScores)
{
    /// <summary>The scores of all approaches of a campaign, in their order.</summary>
    public static IReadOnlyList<RelativeScore> Of(Campaign campaign)
    {
        int[] coveredBy = new int[Math.Max(1, campaign.KnownEdgeCount)];
        foreach (Approach approach in campaign.Approaches)
        {
            approach.Union.AddTo(coveredBy);
        }

        int[] missing = Array.ConvertAll(coveredBy, count => campaign.Approaches.Count - count);
        return [.. campaign.Approaches.Select(approach => Of(approach, missing))];
    }

    // Whole numbers until the last division, so that no order of edges can show in the result.
    private static RelativeScore Of(Approach approach, int[] missing)
    {
        long[] scores = [.. approach.Trials.Select(trial => trial.Edges.Sum(missing))];
        return new RelativeScore(approach.Name, (double)scores.Sum() / scores.Length, scores);
    }
}
