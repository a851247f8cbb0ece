using Edgewise.Annotations;
using Edgewise.Simulation;

namespace Simulations.LockService;

/// <summary>The same lock service, with replicas that read the log after the snapshot.</summary>
[Simulation("lock-service-fixed")]
public sealed class LockServiceFixed : ISimulation
{
    /// <inheritdoc/>
    public Task RunAsync(World world) => LockServiceRun.RunAsync(world, readsLogAfterSnapshot: true);
}
