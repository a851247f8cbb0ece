using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>ConfiguredTaskAwaitable.ConfiguredTaskAwaiter.GetResult</c>, of which every <c>await</c> makes use when its task has ended: reported in a world where it has not.</summary>
[StandsInFor(typeof(ConfiguredTaskAwaitable.ConfiguredTaskAwaiter))]
public static class ConfiguredTaskAwaiterCalls
{
    /// <inheritdoc cref="ConfiguredTaskAwaitable.ConfiguredTaskAwaiter.GetResult()"/>
    public static void GetResult(ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter awaiter)
    {
        BlockingCall.Check(awaiter.IsCompleted || ConfiguredTasks.Of(ref awaiter).IsCompleted, "GetAwaiter().GetResult()");
        awaiter.GetResult();
    }
}
