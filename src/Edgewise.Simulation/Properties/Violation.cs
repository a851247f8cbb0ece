using Edgewise.Annotations;

namespace Edgewise.Simulation.Properties;

/// <summary>A property that did not hold.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Message">Its name.</param>
/// <param name="Details">The keys and values that were given with it, <c>k=v, k=v</c>.</param>
internal sealed record Violation(PropertyKind Kind, string Message, string Details)
{
    /// <summary>What makes two violations the same bug.</summary>
    public string Signature => $"{PropertyNames.Of(Kind)}: {Message}";

    /// <summary>What a person reads.</summary>
    public override string ToString() => Details.Length == 0 ? Message : $"{Message} ({Details})";
}
