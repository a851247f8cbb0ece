using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;

namespace Edgewise.Exploration.Knowledge;

/// <summary>What is known of properties and states by name, over all runs. There is no limit to their number.</summary>
public sealed class PropertyCatalog
{
    private readonly Dictionary<ulong, ObservedProperty> _properties = [];
    private readonly Dictionary<ulong, Description> _descriptions = [];

    /// <summary>The properties, ordered by kind and name.</summary>
    public IReadOnlyList<ObservedProperty> Properties =>
        [.. _properties.Values.OrderBy(property => property.Description.Family, StringComparer.Ordinal).ThenBy(property => property.Description.Name, StringComparer.Ordinal)];

    /// <summary>What a state is called; null if nobody said.</summary>
    public Description? Find(ulong state) => _descriptions.TryGetValue(state, out Description description) ? description : null;

    /// <summary>Takes in how a run calls its properties and states.</summary>
    public void AbsorbNames(TimelineResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        foreach (Description description in result.Descriptions)
        {
            if (_descriptions.TryAdd(description.State, description) && description.Detail.Length > 0
                && FindProperty(description) is { } property)
            {
                property.Identities++;
            }
        }
    }

    /// <summary>Takes in what a run said of its properties.</summary>
    public void Absorb(TimelineResult result)
    {
        AbsorbNames(result);
        foreach (Tally tally in result.Tallies)
        {
            if (!_properties.TryGetValue(tally.Property, out ObservedProperty? property))
            {
                property = new ObservedProperty(Find(tally.Property) ?? new Description(tally.Property, "", $"{tally.Property:x16}", ""));
                _properties.Add(tally.Property, property);
                property.Identities = _descriptions.Values.Count(other => IsIdentityOf(other, property.Description));
            }

            property.Holds += tally.Holds;
            property.Fails += tally.Fails;
            property.Nearest = Math.Max(property.Nearest, tally.Nearest);
        }
    }

    private ObservedProperty? FindProperty(Description identity) =>
        _properties.Values.FirstOrDefault(property => IsIdentityOf(identity, property.Description));

    private static bool IsIdentityOf(Description identity, Description property) =>
        identity.Detail.Length > 0 && identity.State != property.State && identity.Name == property.Name && identity.Family == property.Family;
}
