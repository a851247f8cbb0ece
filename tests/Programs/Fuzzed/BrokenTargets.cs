namespace Fuzzed;

/// <summary>Methods that cannot be targets.</summary>
public static class BrokenTargets
{
    /// <summary>Takes what no input gives.</summary>
    public static void TakesReference(ref int number) => number++;
}
