using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Harness;

/// <summary>Finds the targets of an invariant test by the rules of forge: what the harness answers to <c>targetContracts()</c> and its kin, and else all that <c>setUp</c> made.</summary>
/// <param name="project">The artifacts.</param>
/// <param name="ask">Calls a function of the harness without parameters: what it returns, empty where it has none or fails.</param>
internal sealed class TargetSelection(ProjectArtifacts project, Func<string, byte[]> ask)
{
    private readonly Dictionary<string, List<uint>> _targetedArtifacts = [];
    private readonly HashSet<string> _excludedArtifacts = [];

    /// <summary>The targets.</summary>
    /// <param name="made">The harness, and the contracts that <c>setUp</c> made, with their artifacts.</param>
    /// <param name="harness">Address of the harness.</param>
    /// <exception cref="ShowmapException">There are none, or the harness names something that does not exist.</exception>
    public TargetSet Select(IReadOnlyDictionary<EvmWord, ContractArtifact> made, EvmWord harness)
    {
        SelectArtifacts();
        HashSet<EvmWord> selected = [.. AbiAnswer.Addresses(ask("targetContracts()"))], excluded = [.. AbiAnswer.Addresses(ask("excludeContracts()"))];
        Dictionary<EvmWord, TargetContract> contracts = [];
        foreach ((EvmWord address, ContractArtifact artifact) in made)
        {
            bool takes = address == harness ? selected.Contains(harness)
                : (selected.Count == 0 || selected.Contains(address)) && !excluded.Contains(address) && Matches(artifact);
            if (takes)
            {
                contracts.Add(address, new(artifact.Functions));
            }
        }

        AddInterfaces(contracts);
        AddSelectors(contracts, made, harness);
        TargetSet targets = new(contracts, grows: selected.Count == 0, NewTarget);
        return targets.HasFunctions ? targets
            : throw new ShowmapException("the harness has no targets: setUp made no contract with an artifact and functions, and targetContracts() names none");
    }

    private void SelectArtifacts()
    {
        foreach ((string name, IReadOnlyList<uint> selectors) in AbiAnswer.NamedSelectors(ask("targetArtifactSelectors()")))
        {
            string identifier = Artifact(name).Identifier;
            _targetedArtifacts.TryAdd(identifier, []);
            _targetedArtifacts[identifier].AddRange(selectors);
        }

        _excludedArtifacts.UnionWith(AbiAnswer.Texts(ask("excludeArtifacts()")).Select(name => Artifact(name).Identifier));
        _excludedArtifacts.UnionWith(project.All.Where(static artifact => artifact.Functions.All(static function => function.IsView)).Select(static artifact => artifact.Identifier));
        foreach (string identifier in AbiAnswer.Texts(ask("targetArtifacts()")).Select(name => Artifact(name).Identifier).Where(found => !_excludedArtifacts.Contains(found)))
        {
            _targetedArtifacts.TryAdd(identifier, []);
        }
    }

    private bool Matches(ContractArtifact artifact) =>
        (_targetedArtifacts.Count == 0 || _targetedArtifacts.ContainsKey(artifact.Identifier)) && !_excludedArtifacts.Contains(artifact.Identifier);

    private void AddInterfaces(Dictionary<EvmWord, TargetContract> contracts)
    {
        foreach (IGrouping<EvmWord, (EvmWord Address, IReadOnlyList<string> Names)> group in AbiAnswer.Interfaces(ask("targetInterfaces()")).GroupBy(static item => item.Address))
        {
            AbiFunction[] functions = [.. group.SelectMany(static item => item.Names)
                .SelectMany(name => project.All.FirstOrDefault(artifact => artifact.Name == name || artifact.Identifier == name)?.Functions ?? [])];
            if (functions.Length > 0)
            {
                contracts[group.Key] = new(functions);
            }
        }
    }

    private void AddSelectors(Dictionary<EvmWord, TargetContract> contracts, IReadOnlyDictionary<EvmWord, ContractArtifact> made, EvmWord harness)
    {
        foreach ((EvmWord address, ContractArtifact artifact) in made)
        {
            Add(address, _targetedArtifacts.GetValueOrDefault(artifact.Identifier) ?? [], excludes: false);
        }

        bool named = false;
        List<uint> notMeant = [];
        foreach ((EvmWord address, IReadOnlyList<uint> selectors) in AbiAnswer.Selectors(ask("targetSelectors()")))
        {
            named |= address == harness && selectors.Count > 0;
            Add(address, selectors, excludes: false);
        }

        foreach ((EvmWord address, IReadOnlyList<uint> selectors) in AbiAnswer.Selectors(ask("excludeSelectors()")))
        {
            notMeant.AddRange(address == harness ? selectors : []);
            Add(address, selectors, excludes: true);
        }

        if (!named && contracts.TryGetValue(harness, out TargetContract? own))
        {
            Add(harness, [.. own.Functions.Where(function => !function.IsView && !function.IsReserved && !notMeant.Contains(function.Selector)).Select(static function => function.Selector)], false);
        }

        void Add(EvmWord address, IReadOnlyList<uint> selectors, bool excludes)
        {
            if (selectors.Count == 0)
            {
                return;
            }

            if (!contracts.TryGetValue(address, out TargetContract? contract))
            {
                ContractArtifact artifact = made.GetValueOrDefault(address)
                    ?? throw new ShowmapException($"the harness names functions of {address.ToAddress()}, which is no contract that setUp made with an artifact of the project");
                contracts.Add(address, contract = new(artifact.Functions));
            }

            contract.Add(address, selectors, excludes);
        }
    }

    private TargetContract? NewTarget(ContractArtifact artifact)
    {
        if (!Matches(artifact))
        {
            return null;
        }

        TargetContract contract = new(artifact.Functions);
        contract.Add(EvmWord.Zero, _targetedArtifacts.GetValueOrDefault(artifact.Identifier) ?? [], excludes: false);
        return contract;
    }

    private ContractArtifact Artifact(string name) => project.All.FirstOrDefault(artifact => artifact.Name == name || artifact.Identifier == name)
        ?? throw new ShowmapException($"the harness names the artifact '{name}', which the project does not have; expected CONTRACT or path/FILE.sol:CONTRACT");
}
