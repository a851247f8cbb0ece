namespace Edgewise.Runtime.Formats;

/// <summary>How a run ended.</summary>
/// <param name="Kind">What kind of end.</param>
/// <param name="Number">The exit code or the number of the signal; zero otherwise.</param>
/// <param name="Detail">The full name of the exception's type, or null.</param>
public sealed record RunEnd(RunEndKind Kind, int Number = 0, string? Detail = null)
{
    /// <summary>The end that nobody saw.</summary>
    public static RunEnd Unknown { get; } = new(RunEndKind.Unknown);
}
