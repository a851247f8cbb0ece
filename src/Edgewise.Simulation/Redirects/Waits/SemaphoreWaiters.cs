using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Waits;

/// <summary>
/// Those who wait for a <see cref="SemaphoreSlim"/> in a world, first come, first served. The framework keeps its own, and tells those with a limit or a token on
/// the thread pool; so in a world nobody waits there, and whoever releases hands the count on.
/// </summary>
internal sealed class SemaphoreWaiters(World world)
{
    private static readonly ConditionalWeakTable<SemaphoreSlim, SemaphoreWaiters> All = [];

    private readonly LinkedList<TaskCompletionSource<bool>> _waiting = [];

    /// <summary>Waits.</summary>
    /// <param name="world">The world.</param>
    /// <param name="semaphore">The semaphore.</param>
    /// <param name="limit">How long, in simulated time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False after the limit.</returns>
    public static Task<bool> WaitAsync(World world, SemaphoreSlim semaphore, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<bool>(cancellationToken);
        }

        if (semaphore.Wait(0, CancellationToken.None))
        {
            return Task.FromResult(true);
        }

        if (limit == TimeSpan.Zero)
        {
            return Task.FromResult(false);
        }

        if (!All.TryGetValue(semaphore, out SemaphoreWaiters? waiters) || waiters.World != world)
        {
            waiters = new SemaphoreWaiters(world);
            All.AddOrUpdate(semaphore, waiters);
        }

        return waiters.Add(limit, cancellationToken);
    }

    /// <summary>Hands counts that were released to who waits.</summary>
    public static void HandOn(World world, SemaphoreSlim semaphore)
    {
        if (All.TryGetValue(semaphore, out SemaphoreWaiters? waiters) && waiters.World == world)
        {
            while (waiters._waiting.First is { } first && semaphore.Wait(0))
            {
                waiters._waiting.Remove(first);
                first.Value.TrySetResult(true);
            }
        }
    }

    private World World => world;

    private async Task<bool> Add(TimeSpan limit, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource<bool>> place = _waiting.AddLast(waiter);
        using ITimer? timer = limit == Timeout.InfiniteTimeSpan ? null
            : world.Time.CreateTimer(_ => Leave(place, () => waiter.TrySetResult(false)), null, limit, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => Leave(place, () => waiter.TrySetCanceled(cancellationToken)), null);
        return await waiter.Task;
    }

    private void Leave(LinkedListNode<TaskCompletionSource<bool>> place, Action end)
    {
        if (place.List is not null)
        {
            _waiting.Remove(place);
            end();
        }
    }
}
