using Edgewise.Instrumentation.Sites;

namespace Edgewise.Instrumentation;

/// <summary>What became of the instructions that a data-flow feature looks at.</summary>
/// <param name="feature">Name of the feature.</param>
public sealed class FeatureSites(string feature)
{
    private readonly SortedDictionary<string, int> _skipped = new(StringComparer.Ordinal);

    /// <summary>Name of the feature, as clang has it.</summary>
    public string Feature { get; } = feature;

    /// <summary>Sites that are traced.</summary>
    public int Traced { get; private set; }

    /// <summary>Sites whose operands are known not to be of a traced type: objects, pointers, truth values.</summary>
    public int NotTraced { get; private set; }

    /// <summary>Sites that tell nothing new: of constants alone, or within a switch that is traced as a whole.</summary>
    public int Redundant { get; private set; }

    /// <summary>Sites whose type is not known, by reason.</summary>
    public IReadOnlyDictionary<string, int> Skipped => _skipped;

    /// <summary>All reachable sites.</summary>
    public int Total => Traced + NotTraced + Redundant + _skipped.Values.Sum();

    internal void Add(SiteOutcome outcome, string reason)
    {
        switch (outcome)
        {
            case SiteOutcome.Traced:
                Traced++;
                break;
            case SiteOutcome.NotTraced:
                NotTraced++;
                break;
            case SiteOutcome.Redundant:
                Redundant++;
                break;
            default:
                _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;
                break;
        }
    }
}
