using Edgewise.Annotations;
using Edgewise.Simulation.Links;
using Edgewise.Simulation.Processes;

namespace Simulations.LockService;

/// <summary>What the lock protects: it takes writes in the order of their tokens, so that a holder whose lease ran out unnoticed does no harm.</summary>
internal sealed class Store
{
    private long _token;
    private int _writer;

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

        Property.Always(
            write.Token > _token || write.Client == _writer,
            "a fencing token belongs to one client",
            ("token", write.Token),
            ("first", _writer),
            ("second", write.Client));
        _token = write.Token;
        _writer = write.Client;
        return true;
    }
}
