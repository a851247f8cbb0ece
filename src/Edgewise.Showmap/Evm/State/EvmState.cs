using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.State;

/// <summary>
/// The accounts that differ from the node's. It stays with the replay and goes to the node with every call, so that nothing has to be mined, taken back or waited for, and
/// entries can run side by side.
/// </summary>
internal sealed class EvmState
{
    private readonly Dictionary<EvmWord, EvmAccount> _accounts = [];

    /// <summary>All accounts that differ.</summary>
    public IReadOnlyDictionary<EvmWord, EvmAccount> Accounts => _accounts;

    /// <summary>What is known of an account, or null.</summary>
    public EvmAccount? Find(EvmWord address) => _accounts.GetValueOrDefault(address);

    /// <summary>An account to change.</summary>
    public EvmAccount Change(EvmWord address)
    {
        if (!_accounts.TryGetValue(address, out EvmAccount? account))
        {
            _accounts.Add(address, account = new());
        }

        return account;
    }

    /// <summary>A copy that can change by itself.</summary>
    public EvmState Copy()
    {
        EvmState copy = new();
        foreach ((EvmWord address, EvmAccount account) in _accounts)
        {
            copy._accounts.Add(address, account.Copy());
        }

        return copy;
    }

    /// <summary>Takes over what a call changed.</summary>
    public void Apply(EvmState changes)
    {
        foreach ((EvmWord address, EvmAccount change) in changes._accounts)
        {
            EvmAccount account = Change(address);
            account.Balance = change.Balance ?? account.Balance;
            account.Nonce = change.Nonce ?? account.Nonce;
            account.Code = change.Code ?? account.Code;
            if (change.HasOwnStorage)
            {
                account.HasOwnStorage = true;
                account.Storage.Clear();
            }

            foreach ((EvmWord slot, EvmWord value) in change.Storage)
            {
                account.Storage[slot] = value;
            }
        }
    }
}
