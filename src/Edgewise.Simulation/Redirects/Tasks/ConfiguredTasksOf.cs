using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary>The same of tasks with a result.</summary>
internal static class ConfiguredTasks<TResult>
{
    /// <summary>The task.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_task")]
    public static extern ref readonly Task<TResult> Of(ref ConfiguredTaskAwaitable<TResult>.ConfiguredTaskAwaiter awaiter);
}
