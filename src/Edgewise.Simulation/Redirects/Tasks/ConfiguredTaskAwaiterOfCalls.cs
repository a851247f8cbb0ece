using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>ConfiguredTaskAwaitable&lt;TResult&gt;.ConfiguredTaskAwaiter.GetResult</c>, of which every <c>await</c> makes use when its task has ended: reported in a world where it has not.</summary>
[StandsInFor(typeof(ConfiguredTaskAwaitable<>.ConfiguredTaskAwaiter))]
public static class ConfiguredTaskAwaiterOfCalls
{
    /// <inheritdoc cref="ConfiguredTaskAwaitable{TResult}.ConfiguredTaskAwaiter.GetResult()"/>
    public static TResult GetResult<TResult>(ref ConfiguredTaskAwaitable<TResult>.ConfiguredTaskAwaiter awaiter)
    {
        BlockingCall.Check(awaiter.IsCompleted || ConfiguredTasks<TResult>.Of(ref awaiter).IsCompleted, "GetAwaiter().GetResult()");
        return awaiter.GetResult();
    }
}
