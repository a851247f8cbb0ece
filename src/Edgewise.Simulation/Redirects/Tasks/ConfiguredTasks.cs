using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary>The tasks behind configured awaits: with <see cref="ConfigureAwaitOptions.ForceYielding"/> those say of ended tasks, too, that they have not.</summary>
/// <remarks>The field is the framework's own. A framework without it fails the test of <c>ConfigureAwait</c>.</remarks>
internal static class ConfiguredTasks
{
    /// <summary>The task.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_task")]
    public static extern ref readonly Task Of(ref ConfiguredTaskAwaitable.ConfiguredTaskAwaiter awaiter);
}
