namespace Edgewise.Tests.Hosting;

/// <summary>What an action allocates.</summary>
internal static class AllocatedBytes
{
    private const int Times = 5;

    /// <summary>The least of five measurements: a table of the JIT's that this thread happens to build during one of them is no cost of the action's.</summary>
    /// <param name="action">What to measure; it was warmed up before.</param>
    public static long LeastOfFive(Action action)
    {
        long least = long.MaxValue;
        for (int time = 0; time < Times; time++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
