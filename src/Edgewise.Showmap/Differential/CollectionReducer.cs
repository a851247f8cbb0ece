namespace Edgewise.Showmap.Differential;

/// <summary>How the edge sets of an approach's trials become the one that others are measured by.</summary>
public enum CollectionReducer
{
    /// <summary>What any trial covers.</summary>
    Union,

    /// <summary>What every trial covers; it may be empty.</summary>
    Intersection,
}
