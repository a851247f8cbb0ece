namespace Edgewise.Annotations;

/// <summary>
/// Exceptions with which a fuzz target answers a bad input: thrown out of it they are no crash, and neither are those derived from them. On a class it
/// holds for every target in it.
/// </summary>
/// <param name="exceptions">Types of the exceptions.</param>
/// <example><c>[FuzzTarget, Expects(typeof(JsonException))]</c></example>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ExpectsAttribute(params Type[] exceptions) : Attribute
{
    /// <summary>Types of the exceptions.</summary>
    public IReadOnlyList<Type> Exceptions { get; } = exceptions;
}
