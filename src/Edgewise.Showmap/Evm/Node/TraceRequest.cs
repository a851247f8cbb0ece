using System.Text.Json;
using Edgewise.Showmap.Evm.Cheats;
using Edgewise.Showmap.Evm.Execution;
using Edgewise.Showmap.Evm.Rpc;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Node;

/// <summary>Questions of the form <c>debug_traceCall</c>: a call on a state and a block that exist only in the question.</summary>
internal static class TraceRequest
{
    /// <summary>Asks for every instruction: <c>pc</c>, <c>op</c> and <c>depth</c> are what is used of each.</summary>
    public static JsonRpcRequest Instructions(EvmCall call, EvmState state, EvmEnvironment environment, string block, long gasLimit) => Of(call, state, environment, block, gasLimit, static writer =>
    {
        writer.WriteBoolean("disableStack"u8, true);
        writer.WriteBoolean("disableMemory"u8, true);
        writer.WriteBoolean("disableStorage"u8, true);
        writer.WriteBoolean("enableMemory"u8, false);
        writer.WriteBoolean("enableReturnData"u8, false);
    });

    /// <summary>Asks for the tree of calls.</summary>
    public static JsonRpcRequest Calls(EvmCall call, EvmState state, EvmEnvironment environment, string block, long gasLimit) =>
        Of(call, state, environment, block, gasLimit, static writer => writer.WriteString("tracer"u8, "callTracer"u8));

    /// <summary>Asks for the accounts before and after, where they differ.</summary>
    public static JsonRpcRequest Difference(EvmCall call, EvmState state, EvmEnvironment environment, string block, long gasLimit) =>
        Of(call, state, environment, block, gasLimit, static writer =>
        {
            writer.WriteString("tracer"u8, "prestateTracer"u8);
            writer.WriteStartObject("tracerConfig"u8);
            writer.WriteBoolean("diffMode"u8, true);
            writer.WriteEndObject();
        });

    private static JsonRpcRequest Of(EvmCall call, EvmState state, EvmEnvironment environment, string block, long gasLimit, Action<Utf8JsonWriter> tracer) => new("debug_traceCall", writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("from"u8, call.Sender.ToAddress());
        if (call.Target is { } target)
        {
            writer.WriteString("to"u8, target.ToAddress());
        }

        writer.WriteString("data"u8, "0x" + Convert.ToHexStringLower(call.Data));
        writer.WriteString("value"u8, call.Value.ToString());
        writer.WriteString("gas"u8, $"0x{gasLimit:x}");
        writer.WriteString("gasPrice"u8, "0x0"u8);
        writer.WriteEndObject();
        writer.WriteStringValue(block);
        writer.WriteStartObject();
        tracer(writer);
        WriteState(writer, state);
        WriteBlock(writer, environment, gasLimit);
        writer.WriteEndObject();
    });

    private static void WriteState(Utf8JsonWriter writer, EvmState state)
    {
        writer.WriteStartObject("stateOverrides"u8);
        foreach ((EvmWord address, EvmAccount account) in state.Accounts)
        {
            writer.WriteStartObject(address.ToAddress());
            if (account.Balance is { } balance)
            {
                writer.WriteString("balance"u8, balance.ToString());
            }

            if (account.Nonce is { } nonce)
            {
                writer.WriteString("nonce"u8, $"0x{nonce:x}");
            }

            if (address == FoundryAddresses.Cheatcodes)
            {
                writer.WriteString("code"u8, Cheatcodes.Stub.Hexadecimal);
            }
            else if (account.Code is { } code)
            {
                writer.WriteString("code"u8, code.Hexadecimal);
            }

            if (account.HasOwnStorage || account.Storage.Count > 0)
            {
                writer.WriteStartObject(account.HasOwnStorage ? "state"u8 : "stateDiff"u8);
                foreach ((EvmWord slot, EvmWord value) in account.Storage)
                {
                    writer.WriteString(slot.ToHash(), value.ToHash());
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    // As forge's: nobody is paid, nothing costs, no randomness.
    private static void WriteBlock(Utf8JsonWriter writer, EvmEnvironment environment, long gasLimit)
    {
        writer.WriteStartObject("blockOverrides"u8);
        writer.WriteString("number"u8, environment.Number.ToString());
        writer.WriteString("time"u8, environment.Timestamp.ToString());
        writer.WriteString("gasLimit"u8, $"0x{gasLimit:x}");
        writer.WriteString("feeRecipient"u8, EvmWord.Zero.ToAddress());
        writer.WriteString("prevRandao"u8, EvmWord.Zero.ToHash());
        writer.WriteString("baseFeePerGas"u8, "0x0"u8);
        writer.WriteEndObject();
    }
}
