namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>How a campaign is measured and resampled.</summary>
public sealed record StatisticsOptions
{
    /// <summary>What of a trial is compared.</summary>
    public TrialMeasure Measure { get; init; }

    /// <summary>The approach whose edges count, of <see cref="TrialMeasure.Relcov"/>.</summary>
    public string Reference { get; init; } = "";

    /// <summary>How the edges of the reference's trials become one set.</summary>
    public CollectionReducer Collection { get; init; }

    /// <summary>What is made of the trials of an approach: median or average.</summary>
    public ValueReducer Values { get; init; }

    /// <summary>How likely an interval holds what it is of, between 0 and 1.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>How many samples are drawn for an interval.</summary>
    public int Resamples { get; init; } = 10_000;

    /// <summary>Where draws begin; the same seed gives the same intervals.</summary>
    public ulong Seed { get; init; }
}
