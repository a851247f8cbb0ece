using System.Collections.Concurrent;
using System.Text.Json;
using Edgewise.Showmap.Evm.Cheats;
using Edgewise.Showmap.Evm.Local;
using Edgewise.Showmap.Evm.Rpc;
using Edgewise.Showmap.Evm.State;
using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Node;

/// <summary>The state of a node at the block that was its latest when the replay began. What was read once is kept.</summary>
internal sealed class NodeChain : IChainState
{
    private readonly JsonRpcNode _node;
    private readonly string _hash;
    private readonly ConcurrentDictionary<EvmWord, (EvmWord Balance, ulong Nonce, EvmCode Code)> _accounts = [];
    private readonly ConcurrentDictionary<(EvmWord, EvmWord), EvmWord> _slots = [];
    private readonly ConcurrentDictionary<ulong, EvmWord> _hashes = [];
    private readonly ConcurrentDictionary<(EvmWord, string), byte[]?> _precompiled = [];

    private NodeChain(JsonRpcNode node, string client, EvmWord chainId, string block, string hash, EvmFork fork) =>
        (_node, Client, ChainId, Block, _hash, Fork) = (node, client, chainId, block, hash, fork);

    /// <summary>What the node calls itself.</summary>
    public string Client { get; }

    /// <summary>The number of the chain.</summary>
    public EvmWord ChainId { get; }

    /// <summary>The block, as JSON-RPC writes its number.</summary>
    public string Block { get; }

    /// <summary>The rules that the node runs by.</summary>
    public EvmFork Fork { get; }

    /// <summary>Asks a node what it is, and whether it can do what a replay needs.</summary>
    /// <exception cref="ShowmapException">It cannot be reached, or not do it.</exception>
    public static NodeChain Open(JsonRpcNode node)
    {
        JsonRpcAnswer[] answers = node.Ask(JsonRpcRequest.Of("web3_clientVersion"), JsonRpcRequest.Of("eth_chainId"), LatestBlock());
        string client;
        using (JsonDocument version = answers[0].Document)
        {
            client = version.RootElement.ToString();
        }

        (string block, string hash) = NumberAndHash(answers[2]);
        return new(node, client, answers[1].Word, block, hash, NodeProbe.Fork(node, block));
    }

    /// <summary>Makes sure that the node still is what it was.</summary>
    /// <exception cref="ShowmapException">It was restarted or reset, or does not answer any more.</exception>
    public void Confirm()
    {
        JsonRpcAnswer answer = _node.Ask(new JsonRpcRequest("eth_getBlockByNumber", writer => { writer.WriteStringValue(Block); writer.WriteBooleanValue(false); }))[0];
        if (answer.ErrorCode is not null || answer.Result.Span.SequenceEqual("null"u8) || NumberAndHash(answer).Hash != _hash)
        {
            throw new ShowmapException($"{_node.Url}: the node was restarted or reset during the replay: its block {Block} is another; run the replay again");
        }
    }

    /// <inheritdoc/>
    public EvmWord Balance(EvmWord address) => Account(address).Balance;

    /// <inheritdoc/>
    public ulong Nonce(EvmWord address) => Account(address).Nonce;

    /// <inheritdoc/>
    public EvmCode Code(EvmWord address) => Account(address).Code;

    /// <inheritdoc/>
    public EvmWord Storage(EvmWord address, EvmWord slot) =>
        _slots.GetOrAdd((address, slot), key => _node.Ask("eth_getStorageAt", key.Item1.ToAddress(), key.Item2.ToHash(), Block).Word);

    /// <inheritdoc/>
    public EvmWord BlockHash(ulong number) => _hashes.GetOrAdd(number, asked =>
    {
        JsonRpcAnswer answer = _node.Ask(new JsonRpcRequest("eth_getBlockByNumber", writer => { writer.WriteStringValue($"0x{asked:x}"); writer.WriteBooleanValue(false); }))[0];
        return answer.Required.Span.SequenceEqual("null"u8) ? EvmWord.Zero : EvmWord.TryParse(NumberAndHash(answer).Hash, out EvmWord hash) ? hash : EvmWord.Zero;
    });

    /// <inheritdoc/>
    public byte[]? Precompile(EvmWord address, ReadOnlySpan<byte> input) => _precompiled.GetOrAdd((address, "0x" + Convert.ToHexStringLower(input)), key =>
    {
        JsonRpcAnswer answer = _node.Ask(new JsonRpcRequest("eth_call", writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("to"u8, key.Item1.ToAddress());
            writer.WriteString("data"u8, key.Item2);
            writer.WriteEndObject();
            writer.WriteStringValue(Block);
        }))[0];
        return answer.ErrorCode is null ? answer.Bytes : null;
    });

    private (EvmWord Balance, ulong Nonce, EvmCode Code) Account(EvmWord address) => _accounts.GetOrAdd(address, key =>
    {
        string text = key.ToAddress();
        JsonRpcAnswer[] answers = _node.Ask(
            JsonRpcRequest.Of("eth_getBalance", text, Block), JsonRpcRequest.Of("eth_getTransactionCount", text, Block), JsonRpcRequest.Of("eth_getCode", text, Block));
        return (answers[0].Word, answers[1].Word.Low, key == Execution.FoundryAddresses.Cheatcodes ? Cheatcodes.Placeholder : new(answers[2].Bytes));
    });

    private static JsonRpcRequest LatestBlock() => new("eth_getBlockByNumber", static writer => { writer.WriteStringValue("latest"u8); writer.WriteBooleanValue(false); });

    private static (string Number, string Hash) NumberAndHash(JsonRpcAnswer answer)
    {
        using JsonDocument block = answer.Document;
        return block.RootElement is { ValueKind: JsonValueKind.Object } fields
            && fields.TryGetProperty("number"u8, out JsonElement number) && number.ValueKind == JsonValueKind.String
            && fields.TryGetProperty("hash"u8, out JsonElement hash) && hash.ValueKind == JsonValueKind.String
            ? (number.GetString()!, hash.GetString()!) : throw answer.Unexpected("a block with number and hash");
    }
}
