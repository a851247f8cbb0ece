using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>TaskAwaiter.GetResult</c>, of which every <c>await</c> makes use when its task has ended: reported in a world where it has not.</summary>
[StandsInFor(typeof(TaskAwaiter))]
public static class TaskAwaiterCalls
{
    /// <inheritdoc cref="TaskAwaiter.GetResult()"/>
    public static void GetResult(ref TaskAwaiter awaiter)
    {
        BlockingCall.Check(awaiter.IsCompleted, "GetAwaiter().GetResult()");
        awaiter.GetResult();
    }
}
