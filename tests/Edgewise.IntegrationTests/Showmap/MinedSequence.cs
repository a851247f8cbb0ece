using System.Globalization;
using System.Text.Json;
using Edgewise.Showmap.Evm;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.IntegrationTests.Showmap;

/// <summary>
/// Replays entries the plain way, to have counts from elsewhere: the harness is deployed by a transaction, each call is mined and traced with stack and memory, and whose code runs is read
/// off the stack. No tree of calls, no overrides, no state beside the node's. Block number and time go on by themselves, so it is for contracts that look at neither closely.
/// </summary>
internal sealed class MinedSequence(AnvilNode node)
{
    private const string Sender = "0x1804c8ab1f12e6bbf3894d4083f33e07309d1f38", Harness = "0x7fa9385be102ac3eac297483dd6233d62b3e1496";
    private readonly Dictionary<string, byte[]> _made = [];

    public EvmCounts Counts { get; } = new();

    /// <summary>Deploys a harness and runs its <c>setUp</c>.</summary>
    public void Deploy(string artifact)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(artifact));
        node.Ask("anvil_setNonce", Sender, "0x1");
        node.Ask("anvil_setBalance", Sender, "0xffffffffffffffffffffffff");
        node.Ask("anvil_setBalance", Harness, "0xffffffffffffffffffffffff");
        node.Ask("anvil_autoImpersonateAccount", true);
        Send(Sender, null, document.RootElement.GetProperty("bytecode").GetProperty("object").GetString()!);
        Send(Sender, Harness, "0x" + document.RootElement.GetProperty("methodIdentifiers").GetProperty("setUp()").GetString());
    }

    /// <summary>Replays an entry, counts what it runs, and takes it back. Calls of contracts that do not exist are left out.</summary>
    public int Replay(string path)
    {
        string snapshot = node.Ask("evm_snapshot").GetString()!;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        int calls = 0;
        foreach (JsonElement call in document.RootElement.EnumerateArray())
        {
            string target = call.GetProperty("target").GetString()!;
            if (node.Ask("eth_getCode", target, "latest").GetString()!.Length > 2)
            {
                Trace(Send(call.GetProperty("sender").GetString()!, target, call.GetProperty("calldata").GetString()!), target);
                calls++;
            }
        }

        node.Ask("evm_revert", snapshot);
        _made.Clear();
        return calls;
    }

    private string Send(string from, string? to, string data)
    {
        Dictionary<string, string> transaction = new() { ["from"] = from, ["data"] = data, ["gas"] = "0x1000000", ["gasPrice"] = "0x0" };
        if (to is not null)
        {
            transaction["to"] = to;
        }

        string hash = node.Ask("eth_sendTransaction", transaction).GetString()!;
        while (node.Ask("eth_getTransactionReceipt", hash).ValueKind == JsonValueKind.Null)
        {
            Thread.Sleep(1);
        }

        return hash;
    }

    private void Trace(string hash, string target)
    {
        JsonElement trace = node.Ask("debug_traceTransaction", hash, new { enableMemory = true, disableStorage = true });
        List<(byte[] Code, bool Makes)> frames = [(Code(target), false)];
        byte[]? made = null;
        JsonElement before = default;
        foreach (JsonElement step in trace.GetProperty("structLogs").EnumerateArray())
        {
            int depth = step.GetProperty("depth").GetInt32();
            if (depth > frames.Count)
            {
                string[] stack = Stack(before);
                bool makes = before.GetProperty("op").GetString()!.StartsWith("CREATE", StringComparison.Ordinal);
                frames.Add(makes ? (Memory(before, stack[^2], stack[^3]), true) : (Code("0x" + Padded(stack[^2])[24..]), false));
            }

            for (; depth < frames.Count; frames.RemoveAt(frames.Count - 1))
            {
                if (frames[^1].Makes && before.GetProperty("op").GetString() == "RETURN")
                {
                    string[] stack = Stack(before);
                    made = Memory(before, stack[^1], stack[^2]);
                    _made["0x" + Padded(Stack(step)[^1])[24..]] = made;
                }
            }

            byte[] code = frames[^1].Code;
            Counts.Add(Keccak256.Hash(code), code.Length, step.GetProperty("pc").GetInt32());
            before = step;
        }
    }

    private byte[] Code(string address) => _made.GetValueOrDefault(address) ?? Convert.FromHexString(node.Ask("eth_getCode", address, "latest").GetString().AsSpan(2));

    private static string[] Stack(JsonElement step) => [.. step.GetProperty("stack").EnumerateArray().Select(static word => word.GetString()!)];

    private static string Padded(string word) => word[2..].PadLeft(64, '0');

    private static byte[] Memory(JsonElement step, string offset, string length)
    {
        byte[] memory = [.. step.GetProperty("memory").EnumerateArray().SelectMany(static word => Convert.FromHexString(word.GetString()!.Replace("0x", "", StringComparison.Ordinal)))];
        int start = Number(offset), count = Number(length);
        byte[] range = new byte[count];
        memory.AsSpan(Math.Min(start, memory.Length), Math.Max(0, Math.Min(count, memory.Length - start))).CopyTo(range);
        return range;
    }

    private static int Number(string word) => int.Parse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
