using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>TaskAwaiter&lt;TResult&gt;.GetResult</c>, of which every <c>await</c> makes use when its task has ended: reported in a world where it has not.</summary>
[StandsInFor(typeof(TaskAwaiter<>))]
public static class TaskAwaiterOfCalls
{
    /// <inheritdoc cref="TaskAwaiter{TResult}.GetResult()"/>
    public static TResult GetResult<TResult>(ref TaskAwaiter<TResult> awaiter)
    {
        BlockingCall.Check(awaiter.IsCompleted, "GetAwaiter().GetResult()");
        return awaiter.GetResult();
    }
}
