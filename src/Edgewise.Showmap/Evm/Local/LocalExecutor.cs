using Edgewise.Showmap.Evm.Execution;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Local;

/// <summary>Runs calls here, with Foundry's cheatcodes, on the state of a node. A node cannot run a call in whose middle the sender, the block or a balance changes.</summary>
internal sealed class LocalExecutor(IChainState chain, EvmFork fork, EvmWord chainId, long gasLimit) : IEvmExecutor
{
    private const int CallCost = 21000, MakingCost = 32000;

    /// <inheritdoc/>
    public EvmCallResult Run(EvmCall call, EvmState state, EvmEnvironment environment)
    {
        EvmWorld world = new(state, chain, fork);
        EvmMachine machine = new(world, fork, call.Sender, environment, chainId, gasLimit);
        long gas = gasLimit - IntrinsicCost(call);
        world.Warm(call.Sender);
        world.Warm(EvmWord.Zero);
        for (ulong precompile = 1; precompile <= Precompiles.Last(fork); precompile++)
        {
            world.Warm(precompile);
        }

        EvmFrameResult result;
        if (call.Target is { } target)
        {
            world.Warm(target);
            world.SetNonce(call.Sender, world.Nonce(call.Sender) + 1);
            result = machine.Call(new(call.Sender, target, target, call.Data, call.Value, MovesValue: true, gas, IsStatic: false, Depth: 0));
        }
        else
        {
            result = machine.Make(call.Sender, call.Value, call.Data, salt: null, gas, depth: 0);
        }

        return new(result.End == EvmEnd.Returned, result.Output, machine.Counts, world.Changes(), machine.Environment);
    }

    private static long IntrinsicCost(EvmCall call)
    {
        int zeros = call.Data.AsSpan().Count((byte)0);
        long cost = CallCost + (4L * zeros) + (16L * (call.Data.Length - zeros));
        return call.Target is null ? cost + MakingCost + (2 * ((call.Data.Length + 31L) / 32)) : cost;
    }
}
