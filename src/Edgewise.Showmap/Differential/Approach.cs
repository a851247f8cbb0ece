namespace Edgewise.Showmap.Differential;

/// <summary>A kind of campaign, a fuzzer with its configuration, say, with all its trials.</summary>
public sealed class Approach
{
    /// <summary>Makes it of its trials.</summary>
    /// <param name="name">Name of its folder.</param>
    /// <param name="trials">At least one.</param>
    public Approach(string name, IReadOnlyList<Trial> trials)
    {
        ArgumentOutOfRangeException.ThrowIfZero(trials.Count);
        Name = name;
        Trials = trials;
        Union = new EdgeSet(1);
        Intersection = new EdgeSet(1);
        Intersection.UnionWith(trials[0].Edges);
        foreach (Trial trial in trials)
        {
            Union.UnionWith(trial.Edges);
            Intersection.IntersectWith(trial.Edges);
        }
    }

    /// <summary>Name of its folder.</summary>
    public string Name { get; }

    /// <summary>Its trials, in the order of their names.</summary>
    public IReadOnlyList<Trial> Trials { get; }

    /// <summary>What any trial covers.</summary>
    public EdgeSet Union { get; }

    /// <summary>What every trial covers.</summary>
    public EdgeSet Intersection { get; }

    /// <summary>The edges that others are measured by.</summary>
    public EdgeSet Reduced(CollectionReducer reducer) => reducer == CollectionReducer.Union ? Union : Intersection;
}
