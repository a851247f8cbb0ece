using Edgewise.Exploration.Randomness;
using Edgewise.Simulation;
using Edgewise.Simulation.Links;
using Edgewise.Simulation.Processes;

namespace Simulations.LockService;

/// <summary>Takes the lock now and then, writes to the store while it has it, and gives it back.</summary>
internal sealed class Client(int number, IReadOnlyList<SimulatedProcess> replicas, SimulatedProcess store, LockHistory history)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(50);

    private Call? _call;
    private long _calls;

    private int Majority => (replicas.Count / 2) + 1;

    public async Task RunAsync(SimulatedProcess process)
    {
        _ = ListenAsync(process);
        World world = process.World;
        while (true)
        {
            await PauseAsync(world, 100, 1500);
            if (await AcquireAsync(process) is { } token)
            {
                await PauseAsync(world, 100, 900);
                await WriteAsync(process, token);
                await PauseAsync(world, 100, 900);
                await WriteAsync(process, token);
                history.Release(number);
                foreach (SimulatedProcess replica in replicas)
                {
                    process.Send(replica, new Release(number, token));
                }
            }
        }
    }

    // Asks a majority for the highest token, and all for their vote under the next one.
    private async Task<long?> AcquireAsync(SimulatedProcess process)
    {
        Call asking = await CallAsync(process, replicas, Majority, call => new AskToken(call));
        if (asking.AnswerCount < Majority)
        {
            return null;
        }

        long token = asking.HighestToken + 1;
        long begun = process.World.Elapsed.Ticks;
        Call voting = await CallAsync(process, replicas, replicas.Count, call => new AskGrant(call, number, token));
        if (voting.VoteCount < Majority)
        {
            foreach (SimulatedProcess replica in replicas)
            {
                process.Send(replica, new Release(number, token));
            }

            return null;
        }

        history.Acquire(number, token, voting.Voters, process.World.Elapsed.Ticks, begun + Replica.Lease.Ticks);
        return token;
    }

    private async Task WriteAsync(SimulatedProcess process, long token) =>
        await CallAsync(process, [store], 1, call => new Write(call, number, token));

    private async Task<Call> CallAsync(SimulatedProcess process, IReadOnlyList<SimulatedProcess> to, int needed, Func<long, object> message)
    {
        var call = new Call(++_calls, needed);
        _call = call;
        object body = message(call.Number);
        foreach (SimulatedProcess receiver in to)
        {
            process.Send(receiver, body);
        }

        await using ITimer timer = process.World.Time.CreateTimer(static state => ((Call)state!).GiveUp(), call, AnswerTime, Timeout.InfiniteTimeSpan);
        await call.Done;
        return call;
    }

    private async Task ListenAsync(SimulatedProcess process)
    {
        while (true)
        {
            Message message = await process.ReceiveAsync();
            _call?.Answer(message.Body);
        }
    }

    private static Task PauseAsync(World world, int fromMilliseconds, int toMilliseconds) =>
        world.Delay(TimeSpan.FromMilliseconds(world.Random.Between(fromMilliseconds, toMilliseconds)));
}
