using Edgewise.Simulation;
using Edgewise.Simulation.Faults;
using Edgewise.Simulation.Links;
using Edgewise.Simulation.Processes;

namespace Simulations.LockService;

/// <summary>Three replicas, two clients, a store, and twelve seconds of trouble.</summary>
internal static class LockServiceRun
{
    private static readonly FaultOptions Trouble = new()
    {
        Loss = 0.005,
        Duplication = 0,
        Reordering = 0.05,
        SlowLinks = null,
        Swarm = false,
        Attrition = new AttritionOptions
        {
            MeanPause = TimeSpan.FromSeconds(7),
            MeanRecovery = TimeSpan.FromSeconds(5),
            Grace = TimeSpan.FromSeconds(1),
            MostAway = 1,
            CrashWeight = 12,
            ShutdownWeight = 1,
            PartitionWeight = 4,
            OneWayPartitionWeight = 2,
        },
    };

    public static async Task RunAsync(World world, bool readsLogAfterSnapshot)
    {
        var history = new LockHistory();
        var replicas = new List<SimulatedProcess>();
        for (int i = 0; i < 3; i++)
        {
            int number = i;
            SimulatedProcess replica = world.StartProcess($"replica-{i}", new Replica(i, history, readsLogAfterSnapshot).RunAsync);
            replica.Crashed += (_, _) => history.Crash(number, world.Elapsed.Ticks);
            replicas.Add(replica);
        }

        SimulatedProcess store = world.StartProcess("store", new Store().RunAsync);
        for (int i = 0; i < 2; i++)
        {
            world.StartProcess($"client-{i}", new Client(i, replicas, store, history).RunAsync);
        }

        world.Faults.BeginChaos(Trouble, replicas);
        await world.Delay(TimeSpan.FromSeconds(12));
        world.Faults.EndChaos();
        await world.Delay(TimeSpan.FromSeconds(3));
    }
}
