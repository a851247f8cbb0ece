namespace Edgewise.Showmap.Differential;

/// <summary>Approaches that are compared, each with its trials.</summary>
/// <param name="Approaches">At least one, in the order of their names by code points.</param>
/// <param name="KnownEdgeCount">Every edge of every trial has a number below this; edges with no count above zero have one, too.</param>
public sealed record Campaign(IReadOnlyList<Approach> Approaches, int KnownEdgeCount)
{
    /// <summary>How many trials there are in all.</summary>
    public int TrialCount => Approaches.Sum(static approach => approach.Trials.Count);

    /// <summary>How many edges any trial covers.</summary>
    public int EdgeCount
    {
        get
        {
            EdgeSet all = new(KnownEdgeCount);
            foreach (Approach approach in Approaches)
            {
                all.UnionWith(approach.Union);
            }

            return all.Count;
        }
    }
}
