namespace Edgewise.Simulation.Ends;

/// <summary>What an incomplete task waits for, as far as it can be told.</summary>
internal static class Waiting
{
    /// <summary>The methods that wait for each other, and last what the innermost waits for.</summary>
    public static IReadOnlyList<string> ChainOf(Task task) => [task.GetType().Name];
}
