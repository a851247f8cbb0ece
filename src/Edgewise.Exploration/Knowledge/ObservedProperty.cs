using Edgewise.Exploration.Journals;

namespace Edgewise.Exploration.Knowledge;

/// <summary>A property over all runs of an exploration.</summary>
public sealed class ObservedProperty
{
    internal ObservedProperty(Description description) => Description = description;

    /// <summary>Its names.</summary>
    public Description Description { get; }

    /// <summary>Times at which it held, or was reached.</summary>
    public long Holds { get; internal set; }

    /// <summary>Times at which it did not hold.</summary>
    public long Fails { get; internal set; }

    /// <summary>The value that came nearest to its limit, or the most conditions of a set that held at once; larger is nearer. <see cref="long.MinValue"/> if there is none.</summary>
    public long Nearest { get; internal set; } = long.MinValue;

    /// <summary>Identities, or combinations, that were seen of it.</summary>
    public int Identities { get; internal set; }
}
