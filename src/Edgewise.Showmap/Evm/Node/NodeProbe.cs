using System.Text.Json;
using Edgewise.Showmap.Evm.Execution;
using Edgewise.Showmap.Evm.Local;
using Edgewise.Showmap.Evm.Rpc;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Node;

/// <summary>Finds out by small calls which hard fork a node runs by, and that it takes state and block from the question.</summary>
internal static class NodeProbe
{
    private const long Gas = 1_000_000;

    /// <summary>The hard fork.</summary>
    /// <exception cref="ShowmapException">The node does not trace calls as a replay needs.</exception>
    public static EvmFork Fork(JsonRpcNode node, string block)
    {
        // PUSH0; TLOAD of 0; CLZ of 0; and one that returns the number of the block.
        JsonRpcAnswer[] answers = node.Ask(
            Trace("0x5f00", block), Trace("0x60005c00", block), Trace("0x60001e00", block), Trace("0x4360005260206000f3", block));
        if (!Ran(answers[3], out string returned) || !returned.EndsWith("c0ffee", StringComparison.Ordinal))
        {
            throw new ShowmapException($"{node.Url}: the node's debug_traceCall ignores stateOverrides or blockOverrides; anvil from 1.0 on has them");
        }

        return Ran(answers[2], out _) ? EvmFork.Osaka : Ran(answers[1], out _) ? EvmFork.Cancun : Ran(answers[0], out _) ? EvmFork.Shanghai : EvmFork.Paris;
    }

    private static JsonRpcRequest Trace(string code, string block)
    {
        EvmState state = new();
        state.Change(FoundryAddresses.Harness).Code = new(Convert.FromHexString(code.AsSpan(2)));
        EvmEnvironment environment = EvmEnvironment.Initial with { Number = 0xc0ffee };
        return TraceRequest.Instructions(new(FoundryAddresses.Sender, FoundryAddresses.Harness, [], EvmWord.Zero), state, environment, block, Gas);
    }

    private static bool Ran(JsonRpcAnswer answer, out string returned)
    {
        using JsonDocument trace = answer.Document;
        if (trace.RootElement is not { ValueKind: JsonValueKind.Object } fields || !fields.TryGetProperty("failed"u8, out JsonElement failed) || !fields.TryGetProperty("structLogs"u8, out _))
        {
            throw answer.Unexpected("a trace with structLogs");
        }

        returned = fields.TryGetProperty("returnValue"u8, out JsonElement value) ? value.ToString() : "";
        return failed.ValueKind == JsonValueKind.False;
    }
}
