namespace Edgewise.Feedback;

/// <summary>What a history keeps for each point: one byte, zero for a point never hit, in both kinds.</summary>
public enum HistoryKind
{
    /// <summary>
    /// The mask of all classes ever seen; a set bit is a class that was seen. This is AFL's rule, whose own map is the complement.
    /// </summary>
    ClassMask,

    /// <summary>
    /// The largest class ever seen; a smaller class that comes after a larger one is no novelty. This is the rule of Foundry and moonpool.
    /// </summary>
    LargestClass,
}
