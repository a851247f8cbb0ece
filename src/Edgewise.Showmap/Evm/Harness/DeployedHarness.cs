using System.Text;
using Edgewise.Showmap.Evm.Cheats;
using Edgewise.Showmap.Evm.Execution;
using Edgewise.Showmap.Evm.Local;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Harness;

/// <summary>A harness after <c>setUp</c>, where every entry begins.</summary>
/// <param name="State">The accounts.</param>
/// <param name="Environment">Block, and pranks that go on.</param>
/// <param name="Made">The harness and the contracts that it made, with their artifacts.</param>
internal sealed record DeployedHarness(EvmState State, EvmEnvironment Environment, IReadOnlyDictionary<EvmWord, ContractArtifact> Made)
{
    /// <summary>Deploys a harness as forge does, and runs its <c>setUp</c>.</summary>
    /// <exception cref="ShowmapException">It has no code or an unlinked library, or its constructor or <c>setUp</c> fails or uses a cheatcode that is not known.</exception>
    public static DeployedHarness Deploy(ContractArtifact harness, string path, ProjectArtifacts project, IEvmExecutor executor, LocalExecutor local)
    {
        byte[] initCode = harness switch
        {
            { InitCode: null } => throw new ShowmapException($"{path}: {harness.Name} is not linked: it needs {string.Join(", ", harness.MissingLibraries)}; expected bytecode without placeholders"),
            { InitCode.Length: 0 } => throw new ShowmapException($"{path}: {harness.Name} has no bytecode: it is abstract, or an interface; expected the artifact of a test contract"),
            { TakesArguments: true } => throw new ShowmapException($"{path}: the constructor of {harness.Name} takes arguments; a test contract has none"),
            _ => harness.InitCode,
        };
        EvmState state = new();
        state.Change(FoundryAddresses.Cheatcodes).Code = Cheatcodes.Placeholder;
        state.Change(FoundryAddresses.Harness).Balance = FoundryAddresses.InitialBalance;
        EvmAccount sender = state.Change(FoundryAddresses.Sender);
        (sender.Balance, sender.Nonce) = (EvmWord.MaxValue, 1);
        // The node may limit the size of code, which forge does not for tests; so contracts from outside are made here.
        EvmCallResult made = Run(local, new(FoundryAddresses.Sender, null, initCode, EvmWord.Zero), state, EvmEnvironment.Initial, $"{path}: the constructor of {harness.Name}");
        state.Apply(made.Changes);
        sender.Balance = FoundryAddresses.InitialBalance;
        state.Change(FoundryAddresses.Create2Deployer).Code = new(FoundryAddresses.Create2DeployerCode);
        EvmEnvironment environment = made.Environment;
        if (harness.Functions.Any(static function => function.Signature == "setUp()"))
        {
            EvmCall setUp = new(FoundryAddresses.Sender, FoundryAddresses.Harness, CallTo("setUp()"), EvmWord.Zero);
            EvmCallResult result = Run(executor, setUp, state, environment, $"{path}: setUp of {harness.Name}");
            state.Apply(result.Changes);
            environment = result.Environment;
        }

        Dictionary<EvmWord, ContractArtifact> contracts = [];
        foreach ((EvmWord address, EvmAccount account) in state.Accounts)
        {
            if (address == FoundryAddresses.Harness)
            {
                contracts.Add(address, harness);
            }
            else if (account is { HasOwnStorage: true, Code: { } code } && project.Find(code) is { } artifact)
            {
                contracts.Add(address, artifact);
            }
        }

        return new(state, environment, contracts);
    }

    /// <summary>Calls a function of the harness that has no parameters, and forgets what it changed: what it returns, empty where there is none or it fails.</summary>
    public byte[] Ask(IEvmExecutor executor, string signature)
    {
        if (Made[FoundryAddresses.Harness].Functions.All(function => function.Signature != signature))
        {
            return [];
        }

        try
        {
            EvmCallResult result = executor.Run(new(FoundryAddresses.Sender, FoundryAddresses.Harness, CallTo(signature), EvmWord.Zero), State, Environment);
            return result.Succeeded ? result.Output : [];
        }
        catch (RefusedCallException refusal)
        {
            throw new ShowmapException($"{signature} of the harness uses {refusal.Message}, which is not known here", refusal);
        }
    }

    private static byte[] CallTo(string signature) => Keccak256.Hash(Encoding.UTF8.GetBytes(signature)).ToBytes()[..4];

    private static EvmCallResult Run(IEvmExecutor executor, EvmCall call, EvmState state, EvmEnvironment environment, string what)
    {
        try
        {
            EvmCallResult result = executor.Run(call, state, environment);
            return result.Succeeded ? result : throw new ShowmapException($"{what} reverts: {RevertReason.Of(result.Output)}");
        }
        catch (RefusedCallException refusal)
        {
            throw new ShowmapException($"{what} uses {refusal.Message}, which is not known here", refusal);
        }
    }
}
