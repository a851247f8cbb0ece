namespace Edgewise.Showmap.Differential;

/// <summary>How the values of an approach's trials become one.</summary>
public enum ValueReducer
{
    /// <summary>The middle value; of an even number of trials the mean of the two in the middle.</summary>
    Median,

    /// <summary>The least value.</summary>
    Min,

    /// <summary>The largest value.</summary>
    Max,

    /// <summary>The arithmetic mean.</summary>
    Average,
}
