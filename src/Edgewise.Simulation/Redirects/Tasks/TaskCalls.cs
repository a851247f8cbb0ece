using System.Runtime.CompilerServices;

namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>ConfigureAwait</c> of a task: in a world what is behind an await always runs in it.</summary>
[StandsInFor(typeof(Task))]
public static class TaskCalls
{
    /// <inheritdoc cref="Task.ConfigureAwait(bool)"/>
    public static ConfiguredTaskAwaitable ConfigureAwait(Task task, bool continueOnCapturedContext) =>
        task.ConfigureAwait(continueOnCapturedContext || World.Current is not null);

    /// <inheritdoc cref="Task.ConfigureAwait(ConfigureAwaitOptions)"/>
    public static ConfiguredTaskAwaitable ConfigureAwait(Task task, ConfigureAwaitOptions options) =>
        task.ConfigureAwait(World.Current is null ? options : options | ConfigureAwaitOptions.ContinueOnCapturedContext);
}
