namespace Edgewise.Showmap.Files;

/// <summary>How the counts of several entries become one.</summary>
public enum CountRule
{
    /// <summary>Their sum, which stops at the largest number of 64 bits.</summary>
    Sum,

    /// <summary>The largest of them.</summary>
    Max,

    /// <summary>How many entries hit the point.</summary>
    Inputs,
}
