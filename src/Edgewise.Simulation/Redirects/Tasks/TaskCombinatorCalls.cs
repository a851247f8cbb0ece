namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>WhenAll</c>, <c>WhenAny</c> and <c>WhenEach</c>: in a world they hear of the ends of tasks on its thread, whatever the tasks were created with.</summary>
[StandsInFor(typeof(Task))]
public static class TaskCombinatorCalls
{
    /// <inheritdoc cref="Task.WhenAll(Task[])"/>
    public static Task WhenAll(params Task[] tasks) => tasks is not null && World.Current is { } world ? Task.WhenAll(Relayed(world, tasks)) : Task.WhenAll(tasks!);

    /// <inheritdoc cref="Task.WhenAll(IEnumerable{Task})"/>
    public static Task WhenAll(IEnumerable<Task> tasks) => tasks is not null && World.Current is not null ? WhenAll([.. tasks]) : Task.WhenAll(tasks!);

    /// <inheritdoc cref="Task.WhenAll(ReadOnlySpan{Task})"/>
    public static Task WhenAll(params ReadOnlySpan<Task> tasks) => World.Current is null ? Task.WhenAll(tasks) : WhenAll(tasks.ToArray());

    /// <inheritdoc cref="Task.WhenAll{TResult}(Task{TResult}[])"/>
    public static Task<TResult[]> WhenAll<TResult>(params Task<TResult>[] tasks) =>
        tasks is not null && World.Current is { } world ? Task.WhenAll(Relayed(world, tasks)) : Task.WhenAll(tasks!);

    /// <inheritdoc cref="Task.WhenAll{TResult}(IEnumerable{Task{TResult}})"/>
    public static Task<TResult[]> WhenAll<TResult>(IEnumerable<Task<TResult>> tasks) =>
        tasks is not null && World.Current is not null ? WhenAll<TResult>([.. tasks]) : Task.WhenAll(tasks!);

    /// <inheritdoc cref="Task.WhenAll{TResult}(ReadOnlySpan{Task{TResult}})"/>
    public static Task<TResult[]> WhenAll<TResult>(params ReadOnlySpan<Task<TResult>> tasks) =>
        World.Current is null ? Task.WhenAll(tasks) : WhenAll(tasks.ToArray());

    /// <inheritdoc cref="Task.WhenAny(Task[])"/>
    public static Task<Task> WhenAny(params Task[] tasks) => tasks is not null && World.Current is { } world ? First(tasks, Relayed(world, tasks)) : Task.WhenAny(tasks!);

    /// <inheritdoc cref="Task.WhenAny(IEnumerable{Task})"/>
    public static Task<Task> WhenAny(IEnumerable<Task> tasks) => tasks is not null && World.Current is not null ? WhenAny([.. tasks]) : Task.WhenAny(tasks!);

    /// <inheritdoc cref="Task.WhenAny(ReadOnlySpan{Task})"/>
    public static Task<Task> WhenAny(params ReadOnlySpan<Task> tasks) => World.Current is null ? Task.WhenAny(tasks) : WhenAny(tasks.ToArray());

    /// <inheritdoc cref="Task.WhenAny(Task, Task)"/>
    public static Task<Task> WhenAny(Task task1, Task task2) => World.Current is null ? Task.WhenAny(task1, task2) : WhenAny([task1, task2]);

    /// <inheritdoc cref="Task.WhenAny{TResult}(Task{TResult}[])"/>
    public static Task<Task<TResult>> WhenAny<TResult>(params Task<TResult>[] tasks) =>
        tasks is not null && World.Current is { } world ? First(tasks, Relayed(world, tasks)) : Task.WhenAny(tasks!);

    /// <inheritdoc cref="Task.WhenAny{TResult}(IEnumerable{Task{TResult}})"/>
    public static Task<Task<TResult>> WhenAny<TResult>(IEnumerable<Task<TResult>> tasks) =>
        tasks is not null && World.Current is not null ? WhenAny<TResult>([.. tasks]) : Task.WhenAny(tasks!);

    /// <inheritdoc cref="Task.WhenAny{TResult}(ReadOnlySpan{Task{TResult}})"/>
    public static Task<Task<TResult>> WhenAny<TResult>(params ReadOnlySpan<Task<TResult>> tasks) =>
        World.Current is null ? Task.WhenAny(tasks) : WhenAny(tasks.ToArray());

    /// <inheritdoc cref="Task.WhenAny{TResult}(Task{TResult}, Task{TResult})"/>
    public static Task<Task<TResult>> WhenAny<TResult>(Task<TResult> task1, Task<TResult> task2) =>
        World.Current is null ? Task.WhenAny(task1, task2) : WhenAny([task1, task2]);

    /// <inheritdoc cref="Task.WhenEach(Task[])"/>
    public static IAsyncEnumerable<Task> WhenEach(params Task[] tasks) =>
        tasks is not null && World.Current is { } world ? Each(tasks, Relayed(world, tasks)) : Task.WhenEach(tasks!);

    /// <inheritdoc cref="Task.WhenEach(IEnumerable{Task})"/>
    public static IAsyncEnumerable<Task> WhenEach(IEnumerable<Task> tasks) =>
        tasks is not null && World.Current is not null ? WhenEach([.. tasks]) : Task.WhenEach(tasks!);

    /// <inheritdoc cref="Task.WhenEach(ReadOnlySpan{Task})"/>
    public static IAsyncEnumerable<Task> WhenEach(params ReadOnlySpan<Task> tasks) =>
        World.Current is null ? Task.WhenEach(tasks) : WhenEach(tasks.ToArray());

    /// <inheritdoc cref="Task.WhenEach{TResult}(Task{TResult}[])"/>
    public static IAsyncEnumerable<Task<TResult>> WhenEach<TResult>(params Task<TResult>[] tasks) =>
        tasks is not null && World.Current is { } world ? Each(tasks, Relayed(world, tasks)) : Task.WhenEach(tasks!);

    /// <inheritdoc cref="Task.WhenEach{TResult}(IEnumerable{Task{TResult}})"/>
    public static IAsyncEnumerable<Task<TResult>> WhenEach<TResult>(IEnumerable<Task<TResult>> tasks) =>
        tasks is not null && World.Current is not null ? WhenEach<TResult>([.. tasks]) : Task.WhenEach(tasks!);

    /// <inheritdoc cref="Task.WhenEach{TResult}(ReadOnlySpan{Task{TResult}})"/>
    public static IAsyncEnumerable<Task<TResult>> WhenEach<TResult>(params ReadOnlySpan<Task<TResult>> tasks) =>
        World.Current is null ? Task.WhenEach(tasks) : WhenEach(tasks.ToArray());

    // The same array where no task needs a relay.
    private static Task[] Relayed(World world, Task[] tasks)
    {
        Task[] relays = Array.ConvertAll(tasks, task => Relays.Of(world, task));
        return relays.SequenceEqual(tasks) ? tasks : relays;
    }

    private static Task<TResult>[] Relayed<TResult>(World world, Task<TResult>[] tasks)
    {
        Task<TResult>[] relays = Array.ConvertAll(tasks, task => Relays.Of(world, task));
        return relays.SequenceEqual(tasks) ? tasks : relays;
    }

    private static Task<Task> First(Task[] tasks, Task[] relays)
    {
        Task<Task> first = Task.WhenAny(relays);
        return tasks == relays ? first : Original();
        async Task<Task> Original() => tasks[Array.IndexOf(relays, await first)];
    }

    private static Task<Task<TResult>> First<TResult>(Task<TResult>[] tasks, Task<TResult>[] relays)
    {
        Task<Task<TResult>> first = Task.WhenAny(relays);
        return tasks == relays ? first : Original();
        async Task<Task<TResult>> Original() => tasks[Array.IndexOf(relays, await first)];
    }

    private static async IAsyncEnumerable<Task> Each(Task[] tasks, Task[] relays)
    {
        List<int> left = [.. Enumerable.Range(0, tasks.Length)];
        while (left.Count > 0)
        {
            Task next = await Task.WhenAny(left.Select(index => relays[index]));
            int place = left.FindIndex(index => relays[index] == next);
            Task original = tasks[left[place]];
            left.RemoveAt(place);
            yield return original;
        }
    }

    private static async IAsyncEnumerable<Task<TResult>> Each<TResult>(Task<TResult>[] tasks, Task<TResult>[] relays)
    {
        await foreach (Task task in Each(tasks, (Task[])relays))
        {
            yield return (Task<TResult>)task;
        }
    }
}
