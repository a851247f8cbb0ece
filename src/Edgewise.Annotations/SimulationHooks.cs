namespace Edgewise.Annotations;

/// <summary>
/// What a simulated world does about the properties and fault points that code carries. A world sets it on its thread for the time of a run; outside of
/// one there is none, and annotations do nothing.
/// </summary>
public abstract class SimulationHooks
{
    [ThreadStatic]
    private static SimulationHooks? t_current;

    /// <summary>The world of this thread; null outside of one.</summary>
    public static SimulationHooks? Current
    {
        get => t_current;
        set => t_current = value;
    }

    /// <summary>A property without numbers was asked or reached.</summary>
    /// <param name="kind">Always, AlwaysOrUnreachable, Unreachable (with false), Sometimes or Reachable (with true).</param>
    /// <param name="condition">Whether it holds.</param>
    /// <param name="message">Its name, the same at every call.</param>
    /// <param name="details">Keys and values to print with a failure.</param>
    public abstract void Condition(PropertyKind kind, bool condition, string message, ReadOnlySpan<(string Key, object? Value)> details);

    /// <summary>A numeric property was asked.</summary>
    /// <param name="kind">NumericAlways or NumericSometimes.</param>
    /// <param name="comparison">What is compared.</param>
    /// <param name="left">Left of the comparison: the number that is watched.</param>
    /// <param name="right">Right of it: the limit.</param>
    /// <param name="message">Its name, the same at every call.</param>
    /// <param name="details">Keys and values to print with a failure.</param>
    public abstract void Numeric(PropertyKind kind, Comparison comparison, long left, long right, string message, ReadOnlySpan<(string Key, object? Value)> details);

    /// <summary>The same for floating-point numbers.</summary>
    /// <inheritdoc cref="Numeric(PropertyKind, Comparison, long, long, string, ReadOnlySpan{ValueTuple{string, object?}})"/>
    public abstract void Numeric(PropertyKind kind, Comparison comparison, double left, double right, string message, ReadOnlySpan<(string Key, object? Value)> details);

    /// <summary>A set of conditions was asked.</summary>
    public abstract void All(string message, ReadOnlySpan<(string Name, bool Holds)> conditions, ReadOnlySpan<(string Key, object? Value)> details);

    /// <summary>An identity key was seen.</summary>
    /// <param name="message">The property's name, the same at every call.</param>
    /// <param name="keys">What tells one identity from another.</param>
    /// <param name="quality">How good this sight of it is; compared in order, larger is better.</param>
    public abstract void Each(string message, ReadOnlySpan<(string Key, long Value)> keys, ReadOnlySpan<(string Key, long Value)> quality);

    /// <summary>Whether a fault point fires now.</summary>
    public abstract bool Buggify(string name, double probability);

    /// <summary>The value of a knob in this run.</summary>
    public abstract long Knob(string name, long usual, long from, long to);
}
