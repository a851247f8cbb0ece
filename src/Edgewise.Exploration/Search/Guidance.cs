namespace Edgewise.Exploration.Search;

/// <summary>What steers a search. What is not asked to is counted and reported all the same.</summary>
public enum Guidance
{
    /// <summary>Properties and edges.</summary>
    Both,

    /// <summary>Properties alone.</summary>
    Properties,

    /// <summary>Edges alone.</summary>
    Edges,
}
