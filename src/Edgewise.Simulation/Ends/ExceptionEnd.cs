using Edgewise.Exploration;

namespace Edgewise.Simulation.Ends;

/// <summary>The end of a run by an exception that nobody handled.</summary>
internal static class ExceptionEnd
{
    /// <summary>The end by an exception: its type and where it was thrown are its signature.</summary>
    public static TimelineEnd Of(Exception exception)
    {
        BugKind kind = exception is OutOfMemoryException ? BugKind.OutOfMemory : BugKind.Exception;
        string signature = $"{exception.GetType().FullName} {UserFrames.Of(exception)}".TrimEnd();
        return new TimelineEnd(kind, signature, exception.ToString());
    }

    /// <summary>The end by a task that failed or was cancelled.</summary>
    public static TimelineEnd Of(Task task) => Of(task.Exception?.InnerExceptions[0] ?? new TaskCanceledException(task));
}
