using System.Text.Json;
using Edgewise.Showmap.Evm.Cheats;
using Edgewise.Showmap.Evm.Execution;
using Edgewise.Showmap.Evm.Rpc;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Node;

/// <summary>Has the node run calls, and asks it what they did: every instruction, the tree of calls, the accounts that changed. One batch a call; nothing on the node changes.</summary>
internal sealed class NodeExecutor(JsonRpcNode node, NodeChain chain, long gasLimit)
{
    /// <summary>Runs a call; null where a node cannot run it as Foundry would, because of a cheatcode that acts in the middle of a call, a prank that goes on, or a limit of code size.</summary>
    /// <param name="call">The call.</param>
    /// <param name="state">What stands before it.</param>
    /// <param name="environment">Block and senders.</param>
    /// <param name="keepsChanges">False where nobody asks what it changed: the answer has no changes then.</param>
    /// <exception cref="ShowmapException">The node failed.</exception>
    public EvmCallResult? Run(EvmCall call, EvmState state, EvmEnvironment environment, bool keepsChanges)
    {
        if (environment.Pranks.Count > 0 || call.Target is null)
        {
            return null;
        }

        JsonRpcRequest[] questions = [
            TraceRequest.Calls(call, state, environment, chain.Block, gasLimit),
            TraceRequest.Instructions(call, state, environment, chain.Block, gasLimit),
            .. keepsChanges ? (JsonRpcRequest[])[TraceRequest.Difference(call, state, environment, chain.Block, gasLimit)] : []];
        JsonRpcAnswer[] answers = node.Ask(questions);
        try
        {
            using JsonDocument tree = answers[0].Document;
            CallFrame root = CallFrame.Read(tree.RootElement);
            if (root.All.Any(NeedsMore))
            {
                return null;
            }

            InstructionCounter counter = new(frame => CodeOf(frame.Target, state), static frame => frame.Target != FoundryAddresses.Cheatcodes);
            if (CodeOf(call.Target.Value, state).Bytes.Length > 0)
            {
                counter.Count(answers[1].Required.Span, root);
            }

            return new(root.Error is null, root.Output, counter.Counts, keepsChanges ? Changes(answers[2]) : new(), environment);
        }
        catch (Exception failure) when (failure is FormatException or JsonException or InvalidOperationException)
        {
            throw new ShowmapException($"{node.Url}: the traces of one call do not fit: {failure.Message}", failure);
        }
    }

    private static EvmState Changes(JsonRpcAnswer answer)
    {
        using JsonDocument difference = answer.Document;
        return StateDifference.Read(difference.RootElement);
    }

    private static bool NeedsMore(CallFrame frame) =>
        (frame.Target == FoundryAddresses.Cheatcodes && !Cheatcodes.IsPlain(AbiText.SelectorOf(frame.Input)))
        || (frame.Makes && frame.Error is { } error && error.Contains("size", StringComparison.OrdinalIgnoreCase));

    private EvmCode CodeOf(EvmWord address, EvmState state)
    {
        EvmCode code = state.Find(address)?.Code ?? chain.Code(address);
        return code.Delegate is { } other ? state.Find(other)?.Code ?? chain.Code(other) : code;
    }
}
