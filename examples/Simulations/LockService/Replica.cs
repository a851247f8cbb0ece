using Edgewise.Simulation.Links;
using Edgewise.Simulation.Processes;

namespace Simulations.LockService;

/// <summary>
/// Votes on who has the lock. Each vote is in the log before it is told. A clean shutdown leaves a snapshot, so that the next start is quick.
/// </summary>
internal sealed class Replica(int number, LockHistory history, bool readsLogAfterSnapshot)
{
    private const string Log = "log";
    private const string Snapshot = "snapshot";

    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    public async Task RunAsync(SimulatedProcess process)
    {
        ReplicaState state = Start(process);
        try
        {
            while (true)
            {
                Message message = await process.ReceiveAsync(process.Stopping);
                long now = process.World.Elapsed.Ticks;
                switch (message.Body)
                {
                    case AskToken ask:
                        process.Send(message.From, new HighestToken(ask.Call, state.Token));
                        break;
                    case AskGrant ask:
                        bool isGranted = state.Expiry <= now && ask.Token > state.Token;
                        if (isGranted)
                        {
                            state = new ReplicaState(ask.Token, ask.Client, now + Lease.Ticks);
                            state.Save(process.Disk, Log);
                        }

                        process.Send(message.From, new Vote(ask.Call, number, isGranted));
                        break;
                    case Release release when release.Token == state.Token && release.Client == state.Client:
                        state = state with { Expiry = 0 };
                        state.Save(process.Disk, Log);
                        break;
                }
            }
        }
        finally
        {
            // Only a shutdown comes here: a crash lets nothing run.
            state.Save(process.Disk, Snapshot);
        }
    }

    private ReplicaState Start(SimulatedProcess process)
    {
        ReplicaState? log = ReplicaState.Load(process.Disk, Log);
        ReplicaState? snapshot = ReplicaState.Load(process.Disk, Snapshot);
        history.Start(number, snapshot is not null, process.World.Elapsed.Ticks);
        if (snapshot is { } clean)
        {
            // The bug: what was logged since the snapshot is newer.
            return readsLogAfterSnapshot && log is { } newer && newer.Token >= clean.Token ? newer : clean;
        }

        return log ?? default;
    }
}
