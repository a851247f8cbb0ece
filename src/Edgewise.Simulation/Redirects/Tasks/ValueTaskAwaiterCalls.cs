using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>ValueTaskAwaiter.GetResult</c>, of which every <c>await</c> makes use when its task has ended: reported in a world where it has not.</summary>
[StandsInFor(typeof(ValueTaskAwaiter))]
public static class ValueTaskAwaiterCalls
{
    /// <inheritdoc cref="ValueTaskAwaiter.GetResult()"/>
    public static void GetResult(ref ValueTaskAwaiter awaiter)
    {
        BlockingCall.Check(awaiter.IsCompleted, "GetAwaiter().GetResult()");
        awaiter.GetResult();
    }
}
