using Edgewise.Exploration.Randomness;
using Edgewise.Simulation.Processes;

namespace Edgewise.Simulation.Links;

/// <summary>The links between the processes of a world. There is one in each direction between any two.</summary>
public sealed partial class Network
{
    private readonly World _world;
    private readonly List<Delivery> _idle = [];
    private readonly List<Delivery> _underWay = [];

    internal Network(World world) => _world = world;

    /// <summary>How links treat messages that have no options of their own.</summary>
    public LinkOptions Options { get; set; } = LinkOptions.Default;

    /// <summary>
    /// What is under way from or to a process that crashes is lost, as with connections; otherwise it arrives if someone is there, as with datagrams.
    /// Datagrams are the default.
    /// </summary>
    public bool DropsTrafficOfCrashes { get; set; }

    /// <summary>Messages that were sent.</summary>
    public long SentCount { get; private set; }

    /// <summary>Messages that arrived at a process that runs; one that is duplicated may arrive twice.</summary>
    public long DeliveredCount { get; private set; }

    /// <summary>Messages that were lost: by chance, by a partition, by a crash, or since nobody was there.</summary>
    public long LostCount { get; private set; }

    /// <summary>Gives one direction options of its own; null takes them away.</summary>
    public void SetLink(SimulatedProcess from, SimulatedProcess to, LinkOptions? options) => LinkOf(from, to).Options = options;

    internal void Send(Link link, object body)
    {
        SentCount++;
        RandomSource random = _world.Random;
        LinkOptions options = link.Options ?? Options;
        if (link.IsCut || (options.Loss > 0 && random.Chance(options.Loss)))
        {
            LostCount++;
            return;
        }

        Begin(link, body, options, options.Reordering > 0 && random.Chance(options.Reordering));
        if (options.Duplication > 0 && random.Chance(options.Duplication))
        {
            Begin(link, body, options, isOutOfOrder: true);
        }
    }

    internal void Arrive(Delivery delivery)
    {
        Link link = delivery.Link!;
        Message message = new(link.From, delivery.Body!);
        Release(delivery);
        if (link.To.IsRunning)
        {
            DeliveredCount++;
            link.To.Deliver(message);
        }
        else
        {
            LostCount++;
        }
    }

    // A process crashed.
    internal void Forget(SimulatedProcess process)
    {
        if (!DropsTrafficOfCrashes)
        {
            return;
        }

        for (int i = _underWay.Count - 1; i >= 0; i--)
        {
            Delivery delivery = _underWay[i];
            // One whose time has come stands in the ready queue: it is there.
            if ((delivery.Link!.From == process || delivery.Link.To == process) && delivery.Place >= 0)
            {
                _world.Timers.Remove(delivery);
                Release(delivery);
                LostCount++;
            }
        }
    }

    private void Begin(Link link, object body, LinkOptions options, bool isOutOfOrder)
    {
        long latency = options.Latency.Draw(_world.Random).Ticks;
        long arrival = _world.Elapsed.Ticks + latency;
        if (isOutOfOrder)
        {
            // Up to four times as long: what is sent next has time to overtake.
            arrival += _world.Random.Between(0, (3 * latency) + 1);
        }
        else
        {
            // Two that arrive at the same instant would be told apart by chance.
            arrival = Math.Max(arrival, link.LastArrival + 1);
            link.LastArrival = arrival;
        }

        Delivery delivery = Rent();
        delivery.Link = link;
        delivery.Body = body;
        delivery.Index = _underWay.Count;
        _underWay.Add(delivery);
        _world.Schedule(delivery, arrival);
    }

    private Delivery Rent()
    {
        if (_idle.Count == 0)
        {
            return new Delivery(_world);
        }

        Delivery delivery = _idle[^1];
        _idle.RemoveAt(_idle.Count - 1);
        return delivery;
    }

    private void Release(Delivery delivery)
    {
        Delivery last = _underWay[^1];
        _underWay[delivery.Index] = last;
        last.Index = delivery.Index;
        _underWay.RemoveAt(_underWay.Count - 1);
        delivery.Link = null;
        delivery.Body = null;
        _idle.Add(delivery);
    }
}
