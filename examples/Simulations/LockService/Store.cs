using Edgewise.Annotations;
using Edgewise.Simulation.Links;
using Edgewise.Simulation.Processes;

namespace Simulations.LockService;

/// <summary>What the lock protects: it takes writes in the order of their tokens, so that a holder whose lease ran out unnoticed does no harm.</summary>
internal sealed class Store
{
    private long _token;

    public async Task RunAsync(SimulatedProcess process)
    {
        while (true)
        {
            Message message = await process.ReceiveAsync();
            if (message.Body is Write write)
            {
                process.Send(message.From, new Written(write.Call, Take(write)));
            }
        }
    }

    private bool Take(Write write)
    {
        if (write.Token < _token)
        {
            Property.Reachable("a stale write is refused");
            return false;
        }

        _token = write.Token;
        return true;
    }
}
