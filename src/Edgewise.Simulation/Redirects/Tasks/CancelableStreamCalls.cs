using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>ConfigureAwait</c> behind <c>WithCancellation</c>, as of all other awaits.</summary>
[StandsInFor(typeof(ConfiguredCancelableAsyncEnumerable<>))]
public static class CancelableStreamCalls
{
    /// <inheritdoc cref="ConfiguredCancelableAsyncEnumerable{T}.ConfigureAwait(bool)"/>
    public static ConfiguredCancelableAsyncEnumerable<T> ConfigureAwait<T>(ref ConfiguredCancelableAsyncEnumerable<T> source, bool continueOnCapturedContext) =>
        source.ConfigureAwait(continueOnCapturedContext || World.Current is not null);
}
