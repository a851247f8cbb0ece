using Edgewise.Annotations;
using Edgewise.Exploration;

namespace Edgewise.Simulation;

/// <summary>Keeps the first property that a run violates, and journals nothing.</summary>
internal sealed class FirstViolation : WorldProperties
{
    private TimelineEnd? _violation;

    /// <inheritdoc/>
    public override void Begin(World world, Exploration.Journals.Journal journal)
    {
        base.Begin(world, journal);
        _violation = null;
    }

    /// <inheritdoc/>
    public override TimelineEnd? End() => _violation;

    /// <inheritdoc/>
    public override void Condition(PropertyKind kind, bool condition, string message, ReadOnlySpan<(string Key, object? Value)> details)
    {
        if (!condition && kind is PropertyKind.Always or PropertyKind.AlwaysOrUnreachable or PropertyKind.Unreachable)
        {
            Violate(message);
        }
    }

    /// <inheritdoc/>
    public override void Numeric(PropertyKind kind, Comparison comparison, long left, long right, string message, ReadOnlySpan<(string Key, object? Value)> details)
    {
        if (kind == PropertyKind.NumericAlways && !Holds(comparison, left.CompareTo(right)))
        {
            Violate(message);
        }
    }

    /// <inheritdoc/>
    public override void Numeric(PropertyKind kind, Comparison comparison, double left, double right, string message, ReadOnlySpan<(string Key, object? Value)> details)
    {
        if (kind == PropertyKind.NumericAlways && (double.IsNaN(left) || double.IsNaN(right) || !Holds(comparison, left.CompareTo(right))))
        {
            Violate(message);
        }
    }

    /// <inheritdoc/>
    public override void All(string message, ReadOnlySpan<(string Name, bool Holds)> conditions, ReadOnlySpan<(string Key, object? Value)> details)
    {
        // A coverage property: never violated.
    }

    /// <inheritdoc/>
    public override void Each(string message, ReadOnlySpan<(string Key, long Value)> keys, ReadOnlySpan<(string Key, long Value)> quality)
    {
        // A coverage property: never violated.
    }

    private static bool Holds(Comparison comparison, int order) => comparison switch
    {
        Comparison.GreaterThan => order > 0,
        Comparison.GreaterThanOrEqualTo => order >= 0,
        Comparison.LessThan => order < 0,
        _ => order <= 0,
    };

    private void Violate(string message) => _violation ??= new TimelineEnd(BugKind.PropertyViolated, message, message);
}
