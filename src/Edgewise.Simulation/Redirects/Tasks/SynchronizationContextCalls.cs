namespace Edgewise.Simulation.Redirects.Tasks;

/// <summary><c>SetSynchronizationContext(null)</c>, by which libraries leave a context: in a world what comes behind it still belongs to the process that runs.</summary>
[StandsInFor(typeof(SynchronizationContext))]
public static class SynchronizationContextCalls
{
    /// <inheritdoc cref="SynchronizationContext.SetSynchronizationContext(SynchronizationContext)"/>
    public static void SetSynchronizationContext(SynchronizationContext? syncContext) =>
        SynchronizationContext.SetSynchronizationContext(syncContext ?? World.Current?.Context);
}
