namespace Edgewise.Showmap.Differential.Statistics;

/// <summary>What of a trial is compared.</summary>
public enum TrialMeasure
{
    /// <summary>How many edges it covers.</summary>
    Edges,

    /// <summary>Its part of the relscore: for each edge it covers, how many approaches never do.</summary>
    Relscore,

    /// <summary>Which part of a reference approach's edges it covers.</summary>
    Relcov,
}
