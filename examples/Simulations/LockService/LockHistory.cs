using Edgewise.Annotations;

namespace Simulations.LockService;

/// <summary>What really happened, as nobody in the system can see it: the simulation asks it what to state about a run.</summary>
internal sealed class LockHistory
{
    private readonly List<Holding> _holdings = [];

    /// <summary>Bits of the replicas that started from a snapshot.</summary>
    public int FromSnapshot { get; private set; }

    /// <summary>Bits of the replicas that voted for the last lease under a token.</summary>
    public int VotersOf(long token)
    {
        for (int i = _holdings.Count - 1; i >= 0; i--)
        {
            if (_holdings[i].Token == token)
            {
                return _holdings[i].Voters;
            }
        }

        return 0;
    }

    public void StartFromSnapshot(int replica) => FromSnapshot |= 1 << replica;

    /// <summary>A client has the lock from now on.</summary>
    public void Acquire(int client, long token, int voters, long now, long until)
    {
        int others = 0;
        foreach (Holding holding in _holdings)
        {
            others += holding.Until > now ? 1 : 0;
        }

        _holdings.Add(new Holding(client, token, voters, until));
        Property.SometimesEach("a lease is granted", [("voters", voters), ("started from snapshots", FromSnapshot)]);
        Property.Sometimes(others > 0, "two clients believe that they hold the lock");
    }

    /// <summary>A client gives the lock back.</summary>
    public void Release(int client)
    {
        for (int i = 0; i < _holdings.Count; i++)
        {
            if (_holdings[i].Client == client)
            {
                _holdings[i] = _holdings[i] with { Until = 0 };
            }
        }
    }

    private readonly record struct Holding(int Client, long Token, int Voters, long Until);
}
