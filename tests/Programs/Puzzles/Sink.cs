namespace Puzzles;

/// <summary>Where puzzles leave what nobody reads, so that no compiler takes it for superfluous.</summary>
internal static class Sink
{
    /// <summary>The last number.</summary>
    internal static volatile int Number;
}
