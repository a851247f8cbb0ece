namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>Parallel.For</c> and <c>Invoke</c>: in a world one after the other, on its thread.</summary>
[StandsInFor(typeof(Parallel))]
public static class ParallelForCalls
{
    /// <inheritdoc cref="Parallel.For(int, int, Action{int})"/>
    public static ParallelLoopResult For(int fromInclusive, int toExclusive, Action<int> body) =>
        Parallel.For(fromInclusive, toExclusive, LoopOptions.For(null), body);

    /// <inheritdoc cref="Parallel.For(int, int, Action{int, ParallelLoopState})"/>
    public static ParallelLoopResult For(int fromInclusive, int toExclusive, Action<int, ParallelLoopState> body) =>
        Parallel.For(fromInclusive, toExclusive, LoopOptions.For(null), body);

    /// <inheritdoc cref="Parallel.For{TLocal}(int, int, Func{TLocal}, Func{int, ParallelLoopState, TLocal, TLocal}, Action{TLocal})"/>
    public static ParallelLoopResult For<TLocal>(int fromInclusive, int toExclusive, Func<TLocal> localInit, Func<int, ParallelLoopState, TLocal, TLocal> body, Action<TLocal> localFinally) =>
        Parallel.For<TLocal>(fromInclusive, toExclusive, LoopOptions.For(null), localInit, body, localFinally);

    /// <inheritdoc cref="Parallel.For(int, int, ParallelOptions, Action{int})"/>
    public static ParallelLoopResult For(int fromInclusive, int toExclusive, ParallelOptions parallelOptions, Action<int> body) =>
        Parallel.For(fromInclusive, toExclusive, LoopOptions.For(parallelOptions), body);

    /// <inheritdoc cref="Parallel.For(int, int, ParallelOptions, Action{int, ParallelLoopState})"/>
    public static ParallelLoopResult For(int fromInclusive, int toExclusive, ParallelOptions parallelOptions, Action<int, ParallelLoopState> body) =>
        Parallel.For(fromInclusive, toExclusive, LoopOptions.For(parallelOptions), body);

    /// <inheritdoc cref="Parallel.For{TLocal}(int, int, ParallelOptions, Func{TLocal}, Func{int, ParallelLoopState, TLocal, TLocal}, Action{TLocal})"/>
    public static ParallelLoopResult For<TLocal>(int fromInclusive, int toExclusive, ParallelOptions parallelOptions, Func<TLocal> localInit, Func<int, ParallelLoopState, TLocal, TLocal> body, Action<TLocal> localFinally) =>
        Parallel.For<TLocal>(fromInclusive, toExclusive, LoopOptions.For(parallelOptions), localInit, body, localFinally);

    /// <inheritdoc cref="Parallel.For(long, long, Action{long})"/>
    public static ParallelLoopResult For(long fromInclusive, long toExclusive, Action<long> body) =>
        Parallel.For(fromInclusive, toExclusive, LoopOptions.For(null), body);

    /// <inheritdoc cref="Parallel.For(long, long, Action{long, ParallelLoopState})"/>
    public static ParallelLoopResult For(long fromInclusive, long toExclusive, Action<long, ParallelLoopState> body) =>
        Parallel.For(fromInclusive, toExclusive, LoopOptions.For(null), body);

    /// <inheritdoc cref="Parallel.For{TLocal}(long, long, Func{TLocal}, Func{long, ParallelLoopState, TLocal, TLocal}, Action{TLocal})"/>
    public static ParallelLoopResult For<TLocal>(long fromInclusive, long toExclusive, Func<TLocal> localInit, Func<long, ParallelLoopState, TLocal, TLocal> body, Action<TLocal> localFinally) =>
        Parallel.For<TLocal>(fromInclusive, toExclusive, LoopOptions.For(null), localInit, body, localFinally);

    /// <inheritdoc cref="Parallel.For(long, long, ParallelOptions, Action{long})"/>
    public static ParallelLoopResult For(long fromInclusive, long toExclusive, ParallelOptions parallelOptions, Action<long> body) =>
        Parallel.For(fromInclusive, toExclusive, LoopOptions.For(parallelOptions), body);

    /// <inheritdoc cref="Parallel.For(long, long, ParallelOptions, Action{long, ParallelLoopState})"/>
    public static ParallelLoopResult For(long fromInclusive, long toExclusive, ParallelOptions parallelOptions, Action<long, ParallelLoopState> body) =>
        Parallel.For(fromInclusive, toExclusive, LoopOptions.For(parallelOptions), body);

    /// <inheritdoc cref="Parallel.For{TLocal}(long, long, ParallelOptions, Func{TLocal}, Func{long, ParallelLoopState, TLocal, TLocal}, Action{TLocal})"/>
    public static ParallelLoopResult For<TLocal>(long fromInclusive, long toExclusive, ParallelOptions parallelOptions, Func<TLocal> localInit, Func<long, ParallelLoopState, TLocal, TLocal> body, Action<TLocal> localFinally) =>
        Parallel.For<TLocal>(fromInclusive, toExclusive, LoopOptions.For(parallelOptions), localInit, body, localFinally);

    /// <inheritdoc cref="Parallel.Invoke(Action[])"/>
    public static void Invoke(params Action[] actions) =>
        Parallel.Invoke(LoopOptions.For(null), actions);

    /// <inheritdoc cref="Parallel.Invoke(ParallelOptions, Action[])"/>
    public static void Invoke(ParallelOptions parallelOptions, params Action[] actions) =>
        Parallel.Invoke(LoopOptions.For(parallelOptions), actions);
}
