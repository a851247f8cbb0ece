namespace Edgewise.Hosting.Targets;

/// <summary>Exceptions with which a target answers a bad input; those derived from them count too.</summary>
public sealed class ExpectedExceptions
{
    private readonly Type[] _types;

    /// <summary>Makes the set.</summary>
    /// <param name="types">Types of exceptions, as the target's load context has them.</param>
    public ExpectedExceptions(IEnumerable<Type> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        _types = [.. types.Distinct()];
    }

    /// <summary>The types.</summary>
    public IReadOnlyList<Type> Types => _types;

    /// <summary>True if the exception is an answer, and no crash.</summary>
    public bool Contains(Exception exception)
    {
        foreach (Type type in _types)
        {
            if (type.IsInstanceOfType(exception))
            {
                return true;
            }
        }

        return false;
    }
}
