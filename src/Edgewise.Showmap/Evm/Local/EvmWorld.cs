using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Local;

/// <summary>The accounts during one transaction: what it changed, what it touched, and how to take that back.</summary>
internal sealed class EvmWorld(EvmState state, IChainState chain, EvmFork fork)
{
    private readonly Dictionary<EvmWord, WorldAccount> _accounts = [];
    private readonly HashSet<EvmWord> _warm = [];
    private readonly HashSet<(EvmWord, EvmWord)> _warmSlots = [];
    private readonly Dictionary<(EvmWord, EvmWord), EvmWord> _transient = [];
    // Undoes each change; a frame that reverts runs those since its checkpoint, the last first.
    private readonly List<Action> _undo = [];

    /// <summary>The chain below.</summary>
    public IChainState Chain => chain;

    /// <summary>Where to go back to.</summary>
    public int Checkpoint => _undo.Count;

    /// <summary>Takes back everything since a checkpoint.</summary>
    public void Revert(int checkpoint)
    {
        for (int change = _undo.Count - 1; change >= checkpoint; change--)
        {
            _undo[change]();
        }

        _undo.RemoveRange(checkpoint, _undo.Count - checkpoint);
    }

    /// <summary>True where the address was used before in this transaction; from now on it was.</summary>
    public bool Warm(EvmWord address)
    {
        if (!_warm.Add(address))
        {
            return true;
        }

        _undo.Add(() => _warm.Remove(address));
        return false;
    }

    /// <summary>The same of a slot.</summary>
    public bool Warm(EvmWord address, EvmWord slot)
    {
        if (!_warmSlots.Add((address, slot)))
        {
            return true;
        }

        _undo.Add(() => _warmSlots.Remove((address, slot)));
        return false;
    }

    public EvmWord Balance(EvmWord address) => Of(address).Balance;

    public ulong Nonce(EvmWord address) => Of(address).Nonce;

    public EvmCode Code(EvmWord address) => Of(address).Code;

    /// <summary>True for an account that does not exist, in the sense of EIP-161.</summary>
    public bool IsEmpty(EvmWord address) => Of(address) is { Balance.IsZero: true, Nonce: 0, Code.Bytes.Length: 0 };

    public void SetBalance(EvmWord address, EvmWord balance)
    {
        WorldAccount account = Of(address);
        EvmWord before = account.Balance;
        account.Balance = balance;
        _undo.Add(() => account.Balance = before);
    }

    public void SetNonce(EvmWord address, ulong nonce)
    {
        WorldAccount account = Of(address);
        ulong before = account.Nonce;
        account.Nonce = nonce;
        _undo.Add(() => account.Nonce = before);
    }

    public void SetCode(EvmWord address, EvmCode code)
    {
        WorldAccount account = Of(address);
        EvmCode before = account.Code;
        account.Code = code;
        _undo.Add(() => account.Code = before);
    }

    /// <summary>Moves wei; false where there is too little.</summary>
    public bool Transfer(EvmWord from, EvmWord to, EvmWord value)
    {
        if (value.IsZero)
        {
            return true;
        }

        if (Balance(from) < value)
        {
            return false;
        }

        SetBalance(from, Balance(from) - value);
        SetBalance(to, Balance(to) + value);
        return true;
    }

    public EvmWord Storage(EvmWord address, EvmWord slot)
    {
        WorldAccount account = Of(address);
        return account.Storage.TryGetValue(slot, out EvmWord value) ? value : Original(address, slot);
    }

    /// <summary>What a slot had before the transaction.</summary>
    public EvmWord Original(EvmWord address, EvmWord slot)
    {
        WorldAccount account = Of(address);
        if (account.IsMade)
        {
            return EvmWord.Zero;
        }

        EvmAccount? known = state.Find(address);
        return known is not null && known.Storage.TryGetValue(slot, out EvmWord value) ? value
            : known is { HasOwnStorage: true } ? EvmWord.Zero : chain.Storage(address, slot);
    }

    public void SetStorage(EvmWord address, EvmWord slot, EvmWord value)
    {
        WorldAccount account = Of(address);
        bool had = account.Storage.TryGetValue(slot, out EvmWord before);
        account.Storage[slot] = value;
        _undo.Add(had ? () => account.Storage[slot] = before : () => account.Storage.Remove(slot));
    }

    public EvmWord Transient(EvmWord address, EvmWord slot) => _transient.GetValueOrDefault((address, slot));

    public void SetTransient(EvmWord address, EvmWord slot, EvmWord value)
    {
        EvmWord before = Transient(address, slot);
        _transient[(address, slot)] = value;
        _undo.Add(() => _transient[(address, slot)] = before);
    }

    /// <summary>Makes an account a contract: no storage yet, nonce 1.</summary>
    public void Make(EvmWord address)
    {
        WorldAccount account = Of(address);
        (bool made, Dictionary<EvmWord, EvmWord> storage) = (account.IsMade, account.Storage);
        (account.IsMade, account.Storage) = (true, []);
        _undo.Add(() => (account.IsMade, account.Storage) = (made, storage));
        SetNonce(address, 1);
    }

    /// <summary>Gives the balance away, and ends the account with the transaction where the hard fork says so.</summary>
    public void Destroy(EvmWord address, EvmWord heir)
    {
        WorldAccount account = Of(address);
        bool ends = fork < EvmFork.Cancun || account.IsMade;
        if (address != heir)
        {
            Transfer(address, heir, account.Balance);
        }
        else if (ends)
        {
            SetBalance(address, EvmWord.Zero);
        }

        if (ends && !account.IsDestroyed)
        {
            account.IsDestroyed = true;
            _undo.Add(() => account.IsDestroyed = false);
        }
    }

    /// <summary>What the transaction changed.</summary>
    public EvmState Changes()
    {
        EvmState changes = new();
        foreach ((EvmWord address, WorldAccount account) in _accounts)
        {
            if (account.IsDestroyed)
            {
                EvmAccount gone = changes.Change(address);
                (gone.Balance, gone.Nonce, gone.Code, gone.HasOwnStorage) = (EvmWord.Zero, 0, EvmCode.Empty, true);
                continue;
            }

            WorldAccount before = Load(address);
            if (account.IsMade || account.Balance != before.Balance || account.Nonce != before.Nonce || account.Code.Hash != before.Code.Hash || account.Storage.Count > 0)
            {
                EvmAccount change = changes.Change(address);
                change.Balance = account.Balance != before.Balance ? account.Balance : null;
                change.Nonce = account.Nonce != before.Nonce ? account.Nonce : null;
                change.Code = account.Code.Hash != before.Code.Hash ? account.Code : null;
                change.HasOwnStorage = account.IsMade;
                foreach ((EvmWord slot, EvmWord value) in account.Storage.Where(slot => slot.Value != Original(address, slot.Key)))
                {
                    change.Storage[slot] = value;
                }
            }
        }

        return changes;
    }

    private WorldAccount Of(EvmWord address)
    {
        if (!_accounts.TryGetValue(address, out WorldAccount? account))
        {
            _accounts.Add(address, account = Load(address));
        }

        return account;
    }

    private WorldAccount Load(EvmWord address)
    {
        EvmAccount? known = state.Find(address);
        return new()
        {
            Balance = known?.Balance ?? chain.Balance(address),
            Nonce = known?.Nonce ?? chain.Nonce(address),
            Code = known?.Code ?? chain.Code(address),
        };
    }

    private sealed class WorldAccount
    {
        public EvmWord Balance { get; set; }

        public ulong Nonce { get; set; }

        public required EvmCode Code { get; set; }

        public Dictionary<EvmWord, EvmWord> Storage { get; set; } = [];

        public bool IsMade { get; set; }

        public bool IsDestroyed { get; set; }
    }
}
