namespace Edgewise.Annotations;

/// <summary>
/// Properties of a system, said where they hold: what must always be true, and what should be seen to happen. They steer the search of timelines, stand
/// in its report, never throw, and do nothing outside of a world. A message names a property: use the same one for the same property, and no other.
/// </summary>
/// <remarks>Names and meanings are those of the Antithesis .NET SDK; <see cref="SometimesEach"/> is moonpool's.</remarks>
public static partial class Property
{
    /// <summary>Must hold whenever it is asked, and be asked at least once in a search.</summary>
    public static void Always(bool condition, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Condition(PropertyKind.Always, condition, message, details);

    /// <summary>Must hold whenever it is asked.</summary>
    public static void AlwaysOrUnreachable(bool condition, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Condition(PropertyKind.AlwaysOrUnreachable, condition, message, details);

    /// <summary>Should hold at least once; the first time steers the search.</summary>
    public static void Sometimes(bool condition, string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Condition(PropertyKind.Sometimes, condition, message, details);

    /// <summary>Should be reached at least once; the first time steers the search.</summary>
    public static void Reachable(string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Condition(PropertyKind.Reachable, true, message, details);

    /// <summary>Must not be reached.</summary>
    public static void Unreachable(string message, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.Condition(PropertyKind.Unreachable, false, message, details);

    /// <summary>All conditions should hold at once, at least once; each larger number of them, and each new combination, steers the search.</summary>
    public static void SometimesAll(
        string message, ReadOnlySpan<(string Name, bool Holds)> conditions, params ReadOnlySpan<(string Key, object? Value)> details) =>
        SimulationHooks.Current?.All(message, conditions, details);

    /// <summary>Each identity should be seen; a new one steers the search, and so does a known one in better quality.</summary>
    /// <param name="message">Name of the property.</param>
    /// <param name="keys">What tells one identity from another: <c>[("lock", id), ("depth", depth)]</c>.</param>
    /// <param name="quality">How good this sight of it is, compared in order, larger is better: <c>[("health", hp)]</c>.</param>
    public static void SometimesEach(
        string message, ReadOnlySpan<(string Key, long Value)> keys, ReadOnlySpan<(string Key, long Value)> quality = default) =>
        SimulationHooks.Current?.Each(message, keys, quality);
}
