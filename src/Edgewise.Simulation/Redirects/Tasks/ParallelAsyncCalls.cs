using System.Numerics;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>Parallel.ForEachAsync</c> and <c>ForAsync</c>: in a world as many at a time as there are simulated processors, all on its thread, in the order that the seed picks.</summary>
[StandsInFor(typeof(Parallel))]
public static class ParallelAsyncCalls
{
    /// <inheritdoc cref="Parallel.ForEachAsync{TSource}(IEnumerable{TSource}, Func{TSource, CancellationToken, ValueTask})"/>
    public static Task ForEachAsync<TSource>(IEnumerable<TSource> source, Func<TSource, CancellationToken, ValueTask> body) =>
        Parallel.ForEachAsync<TSource>(source, LoopOptions.ForAsync(null, CancellationToken.None), body);

    /// <inheritdoc cref="Parallel.ForEachAsync{TSource}(IEnumerable{TSource}, CancellationToken, Func{TSource, CancellationToken, ValueTask})"/>
    public static Task ForEachAsync<TSource>(IEnumerable<TSource> source, CancellationToken cancellationToken, Func<TSource, CancellationToken, ValueTask> body) =>
        Parallel.ForEachAsync(source, LoopOptions.ForAsync(null, cancellationToken), body);

    /// <inheritdoc cref="Parallel.ForEachAsync{TSource}(IEnumerable{TSource}, ParallelOptions, Func{TSource, CancellationToken, ValueTask})"/>
    public static Task ForEachAsync<TSource>(IEnumerable<TSource> source, ParallelOptions parallelOptions, Func<TSource, CancellationToken, ValueTask> body) =>
        Parallel.ForEachAsync(source, LoopOptions.ForAsync(parallelOptions, CancellationToken.None), body);

    /// <inheritdoc cref="Parallel.ForEachAsync{TSource}(IAsyncEnumerable{TSource}, Func{TSource, CancellationToken, ValueTask})"/>
    public static Task ForEachAsync<TSource>(IAsyncEnumerable<TSource> source, Func<TSource, CancellationToken, ValueTask> body) =>
        Parallel.ForEachAsync<TSource>(source, LoopOptions.ForAsync(null, CancellationToken.None), body);

    /// <inheritdoc cref="Parallel.ForEachAsync{TSource}(IAsyncEnumerable{TSource}, CancellationToken, Func{TSource, CancellationToken, ValueTask})"/>
    public static Task ForEachAsync<TSource>(IAsyncEnumerable<TSource> source, CancellationToken cancellationToken, Func<TSource, CancellationToken, ValueTask> body) =>
        Parallel.ForEachAsync(source, LoopOptions.ForAsync(null, cancellationToken), body);

    /// <inheritdoc cref="Parallel.ForEachAsync{TSource}(IAsyncEnumerable{TSource}, ParallelOptions, Func{TSource, CancellationToken, ValueTask})"/>
    public static Task ForEachAsync<TSource>(IAsyncEnumerable<TSource> source, ParallelOptions parallelOptions, Func<TSource, CancellationToken, ValueTask> body) =>
        Parallel.ForEachAsync(source, LoopOptions.ForAsync(parallelOptions, CancellationToken.None), body);

    /// <inheritdoc cref="Parallel.ForAsync{T}(T, T, Func{T, CancellationToken, ValueTask})"/>
    public static Task ForAsync<T>(T fromInclusive, T toExclusive, Func<T, CancellationToken, ValueTask> body) where T : notnull, IBinaryInteger<T> =>
        Parallel.ForAsync(fromInclusive, toExclusive, LoopOptions.ForAsync(null, CancellationToken.None), body);

    /// <inheritdoc cref="Parallel.ForAsync{T}(T, T, CancellationToken, Func{T, CancellationToken, ValueTask})"/>
    public static Task ForAsync<T>(T fromInclusive, T toExclusive, CancellationToken cancellationToken, Func<T, CancellationToken, ValueTask> body) where T : notnull, IBinaryInteger<T> =>
        Parallel.ForAsync(fromInclusive, toExclusive, LoopOptions.ForAsync(null, cancellationToken), body);

    /// <inheritdoc cref="Parallel.ForAsync{T}(T, T, ParallelOptions, Func{T, CancellationToken, ValueTask})"/>
    public static Task ForAsync<T>(T fromInclusive, T toExclusive, ParallelOptions parallelOptions, Func<T, CancellationToken, ValueTask> body) where T : notnull, IBinaryInteger<T> =>
        Parallel.ForAsync(fromInclusive, toExclusive, LoopOptions.ForAsync(parallelOptions, CancellationToken.None), body);
}
