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

    /// <summary>True where one of some names, full or short, is that of an exception's type or of one that it is derived from: each load context has types of its own.</summary>
    public static bool AreNamed(IReadOnlySet<string> names, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(exception);
        for (Type? type = exception.GetType(); names.Count > 0 && type is not null; type = type.BaseType)
        {
            if (names.Contains(type.FullName!) || names.Contains(type.Name))
            {
                return true;
            }
        }

        return false;
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
