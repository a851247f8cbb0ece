namespace Edgewise.Simulation.Redirects;

/// <summary>
/// Says of a class that its public methods stand in for members of a type, or of a method that it does so for a member of another name. A method stands in for
/// the member with its name and parameters, the instance first; for a constructor it is called <c>New</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class StandsInForAttribute : Attribute
{
    /// <summary>Of a class: the type.</summary>
    public StandsInForAttribute(Type type) => Type = type;

    /// <summary>Of a method: the member's name.</summary>
    public StandsInForAttribute(string name) => Name = name;

    /// <summary>The type.</summary>
    public Type? Type { get; }

    /// <summary>The member's name.</summary>
    public string? Name { get; }
}
