namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>Task.Wait</c>, <c>WaitAll</c>, <c>WaitAny</c>: reported in a world, unless what they wait for has happened.</summary>
[StandsInFor(typeof(Task))]
public static class TaskWaitCalls
{
    /// <inheritdoc cref="Task.Wait()"/>
    public static void Wait(Task task) => Wait(task, Timeout.Infinite, CancellationToken.None);

    /// <inheritdoc cref="Task.Wait(CancellationToken)"/>
    public static void Wait(Task task, CancellationToken cancellationToken) => Wait(task, Timeout.Infinite, cancellationToken);

    /// <inheritdoc cref="Task.Wait(int)"/>
    public static bool Wait(Task task, int millisecondsTimeout) => Wait(task, millisecondsTimeout, CancellationToken.None);

    /// <inheritdoc cref="Task.Wait(TimeSpan)"/>
    public static bool Wait(Task task, TimeSpan timeout) => Wait(task, timeout, CancellationToken.None);

    /// <inheritdoc cref="Task.Wait(TimeSpan, CancellationToken)"/>
    public static bool Wait(Task task, TimeSpan timeout, CancellationToken cancellationToken)
    {
        BlockingCall.Check(task.IsCompleted, timeout, "Task.Wait");
        return task.Wait(timeout, cancellationToken);
    }

    /// <inheritdoc cref="Task.Wait(int, CancellationToken)"/>
    public static bool Wait(Task task, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        BlockingCall.Check(task.IsCompleted, millisecondsTimeout, "Task.Wait");
        return task.Wait(millisecondsTimeout, cancellationToken);
    }

    /// <inheritdoc cref="Task.WaitAll(Task[])"/>
    public static void WaitAll(params Task[] tasks) => WaitAll(tasks, Timeout.Infinite, CancellationToken.None);

    /// <inheritdoc cref="Task.WaitAll(ReadOnlySpan{Task})"/>
    public static void WaitAll(params ReadOnlySpan<Task> tasks) => WaitAll(tasks.ToArray());

    /// <inheritdoc cref="Task.WaitAll(Task[], CancellationToken)"/>
    public static void WaitAll(Task[] tasks, CancellationToken cancellationToken) => WaitAll(tasks, Timeout.Infinite, cancellationToken);

    /// <inheritdoc cref="Task.WaitAll(IEnumerable{Task}, CancellationToken)"/>
    public static void WaitAll(IEnumerable<Task> tasks, CancellationToken cancellationToken) => WaitAll([.. tasks], cancellationToken);

    /// <inheritdoc cref="Task.WaitAll(Task[], int)"/>
    public static bool WaitAll(Task[] tasks, int millisecondsTimeout) => WaitAll(tasks, millisecondsTimeout, CancellationToken.None);

    /// <inheritdoc cref="Task.WaitAll(Task[], TimeSpan)"/>
    public static bool WaitAll(Task[] tasks, TimeSpan timeout)
    {
        BlockingCall.Check(AllEnded(tasks), timeout, "Task.WaitAll");
        return Task.WaitAll(tasks, timeout);
    }

    /// <inheritdoc cref="Task.WaitAll(Task[], int, CancellationToken)"/>
    public static bool WaitAll(Task[] tasks, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        BlockingCall.Check(AllEnded(tasks), millisecondsTimeout, "Task.WaitAll");
        return Task.WaitAll(tasks, millisecondsTimeout, cancellationToken);
    }

    /// <inheritdoc cref="Task.WaitAny(Task[])"/>
    public static int WaitAny(params Task[] tasks) => WaitAny(tasks, Timeout.Infinite, CancellationToken.None);

    /// <inheritdoc cref="Task.WaitAny(Task[], CancellationToken)"/>
    public static int WaitAny(Task[] tasks, CancellationToken cancellationToken) => WaitAny(tasks, Timeout.Infinite, cancellationToken);

    /// <inheritdoc cref="Task.WaitAny(Task[], int)"/>
    public static int WaitAny(Task[] tasks, int millisecondsTimeout) => WaitAny(tasks, millisecondsTimeout, CancellationToken.None);

    /// <inheritdoc cref="Task.WaitAny(Task[], TimeSpan)"/>
    public static int WaitAny(Task[] tasks, TimeSpan timeout)
    {
        BlockingCall.Check(OneEnded(tasks), timeout, "Task.WaitAny");
        return Task.WaitAny(tasks, timeout);
    }

    /// <inheritdoc cref="Task.WaitAny(Task[], int, CancellationToken)"/>
    public static int WaitAny(Task[] tasks, int millisecondsTimeout, CancellationToken cancellationToken)
    {
        BlockingCall.Check(OneEnded(tasks), millisecondsTimeout, "Task.WaitAny");
        return Task.WaitAny(tasks, millisecondsTimeout, cancellationToken);
    }

    // What is null is the original's to complain about.
    private static bool AllEnded(Task[]? tasks) => tasks?.All(task => task is null or { IsCompleted: true }) ?? true;

    private static bool OneEnded(Task[]? tasks) => tasks is null or [] || tasks.Any(task => task is null or { IsCompleted: true });
}
