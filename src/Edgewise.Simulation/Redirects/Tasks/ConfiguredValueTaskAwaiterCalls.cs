using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter.GetResult</c>, of which every <c>await</c> makes use when its task has ended: reported in a world where it has not.</summary>
[StandsInFor(typeof(ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter))]
public static class ConfiguredValueTaskAwaiterCalls
{
    /// <inheritdoc cref="ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter.GetResult()"/>
    public static void GetResult(ref ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter)
    {
        BlockingCall.Check(awaiter.IsCompleted, "GetAwaiter().GetResult()");
        awaiter.GetResult();
    }
}
