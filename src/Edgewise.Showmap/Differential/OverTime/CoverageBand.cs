namespace Edgewise.Showmap.Differential.OverTime;

/// <summary>Coverage of an approach over time: the median of its trials, and the quarters of them around it.</summary>
/// <param name="Name">Name of the approach.</param>
/// <param name="Points">By rising time.</param>
public sealed record CoverageBand(string Name, IReadOnlyList<BandPoint> Points)
{
    /// <summary>The most points that a band has; where trials have more steps, times between which nothing can be seen to change are left out.</summary>
    public const int MostPoints = 1000;

    /// <summary>The bands of all approaches of a campaign that was read with growth.</summary>
    /// <remarks>A trial keeps what it covered last until the end of the longest one of the campaign.</remarks>
    public static IReadOnlyList<CoverageBand> Of(Campaign campaign)
    {
        double end = campaign.Approaches.SelectMany(static approach => approach.Trials).Max(static trial => trial.Growth!.Steps[^1].Seconds);
        return [.. campaign.Approaches.Select(approach => Of(approach, end))];
    }

    private static CoverageBand Of(Approach approach, double end)
    {
        double[] times = [.. approach.Trials.SelectMany(static trial => trial.Growth!.Steps.Select(static step => step.Seconds)).Append(0).Append(end).Distinct().Order()];
        if (times.Length > MostPoints)
        {
            times = [.. Enumerable.Range(0, MostPoints).Select(i => end * i / (MostPoints - 1))];
        }

        return new CoverageBand(approach.Name, [.. times.Select(time => At(approach, time))]);
    }

    private static BandPoint At(Approach approach, double time)
    {
        double[] edges = [.. approach.Trials.Select(trial => (double)trial.Growth!.At(time))];
        Array.Sort(edges);
        return new BandPoint(time, Quantile(edges, 0.25), Quantile(edges, 0.5), Quantile(edges, 0.75));
    }

    // Between neighbours in proportion, which is the usual one and makes the median of an even number the mean of the middle two.
    private static double Quantile(double[] sorted, double part)
    {
        double place = part * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
