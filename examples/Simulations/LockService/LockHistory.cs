using System.Numerics;
using Edgewise.Annotations;

namespace Simulations.LockService;

/// <summary>What really happened, as nobody inside the system can see it: the simulation asks it what to state about a run.</summary>
internal sealed class LockHistory
{
    private Lease _last;
    private Lease _before;
    // Bits of the replicas with a snapshot on their disk.
    private int _snapshots;

    /// <summary>A replica crashes.</summary>
    public void Crash(int replica, long now)
    {
        if (IsVoterOfRunningLease(replica, now))
        {
            Property.SometimesEach(
                "a replica crashes within a lease that it voted for", [("votes", _last.VoteCount), ("snapshot", (_snapshots >> replica) & 1)]);
        }
    }

    /// <summary>A replica starts again. Whether it votes as it did before depends on what it finds on its disk.</summary>
    public void Start(int replica, bool hasSnapshot, long now)
    {
        if (hasSnapshot)
        {
            Property.Reachable("a replica starts from a snapshot");
            _snapshots |= 1 << replica;
        }

        if (IsVoterOfRunningLease(replica, now))
        {
            Property.SometimesEach(
                "a replica starts within a lease that it voted for",
                [("votes", _last.VoteCount), ("snapshot", hasSnapshot ? 1 : 0)],
                [("milliseconds left", (_last.Until - now) / TimeSpan.TicksPerMillisecond)]);
        }
    }

    /// <summary>A client has the lock from now on.</summary>
    public void Acquire(int client, long token, int voters, long now, long until)
    {
        Property.Sometimes(IsHeldByAnother(_last, client, now) || IsHeldByAnother(_before, client, now), "two clients hold the lock");
        Property.Always(token > _last.Token, "fencing tokens grow", ("before", _last.Token), ("now", token));
        _before = _last;
        _last = new Lease(client, token, voters, until);
        Property.SometimesEach("a lease is granted", [("votes", _last.VoteCount), ("by one with a snapshot", (voters & _snapshots) == 0 ? 0 : 1)]);
    }

    /// <summary>A client gives the lock back.</summary>
    public void Release(int client)
    {
        if (_last.Client == client)
        {
            _last = _last with { Until = 0 };
        }
        else if (_before.Client == client)
        {
            _before = _before with { Until = 0 };
        }
    }

    private static bool IsHeldByAnother(Lease lease, int client, long now) => lease.Client != client && lease.Until > now;

    private bool IsVoterOfRunningLease(int replica, long now) => _last.Until > now && ((_last.Voters >> replica) & 1) != 0;

    private readonly record struct Lease(int Client, long Token, int Voters, long Until)
    {
        public int VoteCount => BitOperations.PopCount((uint)Voters);
    }
}
