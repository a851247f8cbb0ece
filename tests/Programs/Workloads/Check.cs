namespace Workloads;

/// <summary>What a workload says of its own result.</summary>
public static class Check
{
    /// <summary>Ends the workload where a result is not what it must be.</summary>
    /// <exception cref="InvalidOperationException"><paramref name="condition"/> is false.</exception>
    public static void That(bool condition, string expectation)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"the result is wrong: {expectation}");
        }
    }
}
