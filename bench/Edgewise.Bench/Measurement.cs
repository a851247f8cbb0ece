namespace Edgewise.Bench;

/// <summary>One figure that a benchmark took.</summary>
/// <param name="Name">Stable key, for example <c>json.small.counters.llvm</c>.</param>
/// <param name="Value">The figure: a ratio (1.25 = 25 % slower), a rate, or milliseconds.</param>
/// <param name="Unit"><c>x</c> for ratios, <c>GB/s</c>, <c>ms</c>, <c>us</c>, <c>ns</c>.</param>
/// <param name="Goal">What it should be, or null where it is only stated.</param>
/// <param name="HigherIsBetter">True for rates.</param>
public sealed record Measurement(string Name, double Value, string Unit, double? Goal = null, bool HigherIsBetter = false)
{
    /// <summary>True where the goal is met, or there is none.</summary>
    public bool MeetsGoal => Goal is not { } goal || (HigherIsBetter ? Value >= goal : Value <= goal);
}
