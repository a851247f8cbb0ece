namespace Edgewise.Feedback;

/// <summary>What a run adds to the <see cref="History"/>. The order is the strength: the stronger of two is the larger.</summary>
public enum Novelty
{
    /// <summary>Every class of every point was seen before.</summary>
    Nothing = 0,

    /// <summary>A point that was hit before was hit a number of times that falls in a class not seen there yet.</summary>
    NewClass = 1,

    /// <summary>A point was hit that no run hit before.</summary>
    NewPoint = 2,
}
