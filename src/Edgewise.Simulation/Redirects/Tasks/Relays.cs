using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary>Tasks that end as others do, for the framework's combinators to wait for.</summary>
/// <remarks>
/// A task with <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/> tells <c>WhenAll</c>, <c>WhenAny</c>, <c>WaitAsync</c> and <c>Unwrap</c> of its
/// end on the thread pool: they name no scheduler. Its relay is told through the world's, and tells them at once. A relay belongs to the world and not to the
/// process that asked first, which may crash while others wait. There is one for each task, so that who waits again and again does not pile up continuations.
/// </remarks>
internal static class Relays
{
    private static readonly ConditionalWeakTable<Task, Relay> Plain = [];
    private static readonly ConditionalWeakTable<Task, Relay> WithResult = [];

    /// <summary>The task itself where the end of it is told at once, else its relay.</summary>
    public static Task Of(World world, Task task) => NeedsRelay(task) ? Find(Plain, world, task, static (relayed, to) =>
    {
        TaskCompletionSource source = new();
        relayed.ContinueWith(ended => Outcome.Copy(ended, source), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, to);
        return source.Task;
    }) : task;

    /// <summary>The same of a task with a result.</summary>
    public static Task<TResult> Of<TResult>(World world, Task<TResult> task) => NeedsRelay(task) ? (Task<TResult>)Find(WithResult, world, task, static (relayed, to) =>
    {
        TaskCompletionSource<TResult> source = new();
        relayed.ContinueWith(
            ended => Outcome.Copy((Task<TResult>)ended, source), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, to);
        return source.Task;
    }) : task;

    private static bool NeedsRelay(Task task) =>
        task is { IsCompleted: false } && (task.CreationOptions & TaskCreationOptions.RunContinuationsAsynchronously) != 0;

    private static Task Find(ConditionalWeakTable<Task, Relay> relays, World world, Task task, Func<Task, TaskScheduler, Task> make)
    {
        if (!relays.TryGetValue(task, out Relay? relay) || relay.World != world)
        {
            relay = new Relay(world, make(task, world.MainContext.Tasks));
            relays.AddOrUpdate(task, relay);
        }

        return relay.Task;
    }

    private sealed record Relay(World World, Task Task);
}
