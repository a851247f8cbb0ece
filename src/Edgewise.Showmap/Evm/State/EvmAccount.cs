using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.State;

/// <summary>What is known of an account beyond what the node has. A value that is null is the node's.</summary>
internal sealed class EvmAccount
{
    /// <summary>Balance in wei.</summary>
    public EvmWord? Balance { get; set; }

    /// <summary>Number of transactions sent or contracts made.</summary>
    public ulong? Nonce { get; set; }

    /// <summary>Code.</summary>
    public EvmCode? Code { get; set; }

    /// <summary>True where the node's storage of this account does not count: the account was made, or destroyed, meanwhile.</summary>
    public bool HasOwnStorage { get; set; }

    /// <summary>Slots that were written.</summary>
    public Dictionary<EvmWord, EvmWord> Storage { get; private init; } = [];

    /// <summary>A copy that can change by itself.</summary>
    public EvmAccount Copy() => new() { Balance = Balance, Nonce = Nonce, Code = Code, HasOwnStorage = HasOwnStorage, Storage = new(Storage) };
}
