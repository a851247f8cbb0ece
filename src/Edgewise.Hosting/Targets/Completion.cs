namespace Edgewise.Hosting.Targets;

/// <summary>Waits, on the thread of the run, for what an asynchronous target returned. A failure comes through as it was thrown.</summary>
internal static class Completion
{
    public static void OfTask(Task? task) => task?.GetAwaiter().GetResult();

    public static void OfValueTask(ValueTask task)
    {
        // A value task that is not done yet may be waited for only through a task.
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
        }
        else
        {
            task.AsTask().GetAwaiter().GetResult();
        }
    }

    public static void OfResult<T>(ValueTask<T> task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
        }
        else
        {
            task.AsTask().GetAwaiter().GetResult();
        }
    }
}
