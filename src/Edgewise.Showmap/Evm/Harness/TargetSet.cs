using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Harness;

/// <summary>The contracts that the calls of an entry may reach. Contracts that are made on the way join for the rest of the entry, where the harness names none itself.</summary>
/// <param name="contracts">By address.</param>
/// <param name="grows">True where contracts join.</param>
/// <param name="newTarget">The target that a contract of an artifact becomes, or null.</param>
internal sealed class TargetSet(IReadOnlyDictionary<EvmWord, TargetContract> contracts, bool grows, Func<ContractArtifact, TargetContract?> newTarget)
{
    private readonly Dictionary<EvmWord, TargetContract> _contracts = new(contracts);

    /// <summary>True where there is something to call.</summary>
    public bool HasFunctions => _contracts.Values.Any(static contract => contract.Functions.Any(function => contract.Takes(function.Selector)));

    /// <summary>A set for an entry; what joins it is gone with it.</summary>
    public TargetSet ForEntry() => new(_contracts, grows, newTarget);

    /// <summary>True where a call is replayed.</summary>
    public bool Takes(EvmWord target, uint? selector) => selector is { } known && _contracts.TryGetValue(target, out TargetContract? contract) && contract.Takes(known);

    /// <summary>A contract was made.</summary>
    public void Join(EvmWord address, ContractArtifact artifact)
    {
        if (grows && newTarget(artifact) is { } contract)
        {
            _contracts[address] = contract;
        }
    }
}
