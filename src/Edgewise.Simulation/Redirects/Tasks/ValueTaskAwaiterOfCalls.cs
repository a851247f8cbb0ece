using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>ValueTaskAwaiter&lt;TResult&gt;.GetResult</c>, of which every <c>await</c> makes use when its task has ended: reported in a world where it has not.</summary>
[StandsInFor(typeof(ValueTaskAwaiter<>))]
public static class ValueTaskAwaiterOfCalls
{
    /// <inheritdoc cref="ValueTaskAwaiter{TResult}.GetResult()"/>
    public static TResult GetResult<TResult>(ref ValueTaskAwaiter<TResult> awaiter)
    {
        BlockingCall.Check(awaiter.IsCompleted, "GetAwaiter().GetResult()");
        return awaiter.GetResult();
    }
}
