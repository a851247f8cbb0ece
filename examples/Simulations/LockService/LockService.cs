using Edgewise.Annotations;
using Edgewise.Simulation;

namespace Simulations.LockService;

/// <summary>A lock service whose replicas, started again after a crash, may take an old snapshot for what they knew last.</summary>
[Simulation("lock-service")]
[ExpectedBug("fencing tokens grow")]
public sealed class LockService : ISimulation
{
    /// <inheritdoc/>
    public Task RunAsync(World world) => LockServiceRun.RunAsync(world, readsLogAfterSnapshot: false);
}
