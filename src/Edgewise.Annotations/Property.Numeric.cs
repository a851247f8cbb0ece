namespace Edgewise.Annotations;

/// <content>The numeric properties: the nearest that the number on the left ever came is kept, and steers the search.</content>
public static partial class Property
{
    /// <summary><paramref name="left"/> must be greater than <paramref name="right"/> whenever it is asked.</summary>
    public static void AlwaysGreaterThan(long left, long right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericAlways, Comparison.GreaterThan, left, right, message, details);

    /// <summary><paramref name="left"/> must be greater than <paramref name="right"/> whenever it is asked.</summary>
    public static void AlwaysGreaterThan(double left, double right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericAlways, Comparison.GreaterThan, left, right, message, details);

    /// <summary><paramref name="left"/> must be greater than or equal to <paramref name="right"/> whenever it is asked.</summary>
    public static void AlwaysGreaterThanOrEqualTo(long left, long right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericAlways, Comparison.GreaterThanOrEqualTo, left, right, message, details);

    /// <summary><paramref name="left"/> must be greater than or equal to <paramref name="right"/> whenever it is asked.</summary>
    public static void AlwaysGreaterThanOrEqualTo(double left, double right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericAlways, Comparison.GreaterThanOrEqualTo, left, right, message, details);

    /// <summary><paramref name="left"/> must be less than <paramref name="right"/> whenever it is asked.</summary>
    public static void AlwaysLessThan(long left, long right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericAlways, Comparison.LessThan, left, right, message, details);

    /// <summary><paramref name="left"/> must be less than <paramref name="right"/> whenever it is asked.</summary>
    public static void AlwaysLessThan(double left, double right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericAlways, Comparison.LessThan, left, right, message, details);

    /// <summary><paramref name="left"/> must be less than or equal to <paramref name="right"/> whenever it is asked.</summary>
    public static void AlwaysLessThanOrEqualTo(long left, long right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericAlways, Comparison.LessThanOrEqualTo, left, right, message, details);

    /// <summary><paramref name="left"/> must be less than or equal to <paramref name="right"/> whenever it is asked.</summary>
    public static void AlwaysLessThanOrEqualTo(double left, double right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericAlways, Comparison.LessThanOrEqualTo, left, right, message, details);

    /// <summary><paramref name="left"/> should be greater than <paramref name="right"/> at least once; the search is steered by each value that comes nearer.</summary>
    public static void SometimesGreaterThan(long left, long right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericSometimes, Comparison.GreaterThan, left, right, message, details);

    /// <summary><paramref name="left"/> should be greater than <paramref name="right"/> at least once; the search is steered by each value that comes nearer.</summary>
    public static void SometimesGreaterThan(double left, double right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericSometimes, Comparison.GreaterThan, left, right, message, details);

    /// <summary><paramref name="left"/> should be greater than or equal to <paramref name="right"/> at least once; the search is steered by each value that comes nearer.</summary>
    public static void SometimesGreaterThanOrEqualTo(long left, long right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericSometimes, Comparison.GreaterThanOrEqualTo, left, right, message, details);

    /// <summary><paramref name="left"/> should be greater than or equal to <paramref name="right"/> at least once; the search is steered by each value that comes nearer.</summary>
    public static void SometimesGreaterThanOrEqualTo(double left, double right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericSometimes, Comparison.GreaterThanOrEqualTo, left, right, message, details);

    /// <summary><paramref name="left"/> should be less than <paramref name="right"/> at least once; the search is steered by each value that comes nearer.</summary>
    public static void SometimesLessThan(long left, long right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericSometimes, Comparison.LessThan, left, right, message, details);

    /// <summary><paramref name="left"/> should be less than <paramref name="right"/> at least once; the search is steered by each value that comes nearer.</summary>
    public static void SometimesLessThan(double left, double right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericSometimes, Comparison.LessThan, left, right, message, details);

    /// <summary><paramref name="left"/> should be less than or equal to <paramref name="right"/> at least once; the search is steered by each value that comes nearer.</summary>
    public static void SometimesLessThanOrEqualTo(long left, long right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericSometimes, Comparison.LessThanOrEqualTo, left, right, message, details);

    /// <summary><paramref name="left"/> should be less than or equal to <paramref name="right"/> at least once; the search is steered by each value that comes nearer.</summary>
    public static void SometimesLessThanOrEqualTo(double left, double right, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Numeric(PropertyKind.NumericSometimes, Comparison.LessThanOrEqualTo, left, right, message, details);
}
