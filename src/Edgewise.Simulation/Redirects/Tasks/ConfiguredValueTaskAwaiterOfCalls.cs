using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>ConfiguredValueTaskAwaitable&lt;TResult&gt;.ConfiguredValueTaskAwaiter.GetResult</c>, of which every <c>await</c> makes use when its task has ended: reported in a world where it has not.</summary>
[StandsInFor(typeof(ConfiguredValueTaskAwaitable<>.ConfiguredValueTaskAwaiter))]
public static class ConfiguredValueTaskAwaiterOfCalls
{
    /// <inheritdoc cref="ConfiguredValueTaskAwaitable{TResult}.ConfiguredValueTaskAwaiter.GetResult()"/>
    public static TResult GetResult<TResult>(ref ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter awaiter)
    {
        BlockingCall.Check(awaiter.IsCompleted, "GetAwaiter().GetResult()");
        return awaiter.GetResult();
    }
}
