using System.Text.Json.Nodes;
using Edgewise.Showmap;
using Edgewise.Showmap.Evm;
using Edgewise.Showmap.Replay;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Showmap.Evm;

public sealed class EvmReplayTests : IDisposable
{
    private readonly StandInNode _node = new();

    public void Dispose() => _node.Dispose();

    // The files were written from anvil's traces of the same entries.
    [Theory]
    [InlineData("made", "made.txt", false)]
    [InlineData("corpus/CheatingTest/invariant_solvent", "cheating.txt", true)]
    public void Calls_that_run_here_have_the_counts_that_anvil_traced(string folder, string recorded, bool cheats)
    {
        using EvmReplay replay = Open(cheats ? FoundryFiles.Cheating : FoundryFiles.Plain);
        EvmCounts sum = new();
        foreach (EvmEntryResult result in replay.Replay(FoundryFiles.Entries(folder), stop: TestContext.Current.CancellationToken))
        {
            sum.Add(result.Counts);
        }

        Assert.Equal(File.ReadAllLines(Path.Combine(FoundryFiles.Folder, "recorded", recorded)), EvmIds.Lines(sum));
    }

    [Theory]
    [InlineData("deposit-wait-withdraw.json", EntryFate.Accepted, null, 7, 0)]
    [InlineData("created-contracts.json.gz", EntryFate.Accepted, null, 10, 1)]
    [InlineData("created-elsewhere.json", EntryFate.Accepted, null, 1, 1)]
    [InlineData("rejected-calls.json", EntryFate.Accepted, null, 1, 5)]
    [InlineData("only-rejected.json", EntryFate.Skipped, "none of its 1 calls reaches a target", 0, 1)]
    [InlineData("empty.json", EntryFate.Skipped, "empty", 0, 0)]
    public void An_entry_ends_in_one_outcome_with_its_calls_counted(string file, EntryFate outcome, string? reason, int accepted, int rejected)
    {
        using EvmReplay replay = Open(FoundryFiles.Plain);
        EvmEntryResult result = Assert.Single(replay.Replay([Path.Combine(FoundryFiles.Folder, "made", file)], stop: TestContext.Current.CancellationToken));
        Assert.Equal((outcome, reason, accepted, rejected), (result.Outcome, result.Reason, result.Accepted, result.Rejected));
        Assert.Equal(outcome != EntryFate.Accepted, result.Counts.IsEmpty);
    }

    [Fact]
    public void A_contract_that_one_entry_made_is_no_target_of_the_next()
    {
        using EvmReplay replay = Open(FoundryFiles.Plain);
        string made = Path.Combine(FoundryFiles.Folder, "made", "created-contracts.json.gz"), elsewhere = Path.Combine(FoundryFiles.Folder, "made", "created-elsewhere.json");
        IReadOnlyList<EvmEntryResult> results = replay.Replay([elsewhere, made, elsewhere], stop: TestContext.Current.CancellationToken);
        Assert.Equal([1, 1, 1], results.Select(static result => result.Rejected));
        Assert.Equal(EvmIds.Lines(results[0].Counts), EvmIds.Lines(results[2].Counts));
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_workers()
    {
        string[] files = [.. FoundryFiles.Entries("made"), .. FoundryFiles.Entries("made")];
        using EvmReplay replay = Open(FoundryFiles.Plain);
        IReadOnlyList<EvmEntryResult> one = replay.Replay(files, stop: TestContext.Current.CancellationToken), four = replay.Replay(files, workers: 4, stop: TestContext.Current.CancellationToken);
        Assert.Equal(one.Select(static result => (result.Path, result.Outcome, result.Accepted)), four.Select(static result => (result.Path, result.Outcome, result.Accepted)));
        Assert.Equal(one.SelectMany(static result => EvmIds.Lines(result.Counts)), four.SelectMany(static result => EvmIds.Lines(result.Counts)));
    }

    [Fact]
    public void An_assumption_that_does_not_hold_discards_the_call()
    {
        using TemporaryFolder folder = new();
        using EvmReplay replay = Open(FoundryFiles.Cheating, "testFuzz_assume");
        EvmEntryResult holds = Replay(replay, folder, "testFuzz_assume(uint256)", 3), fails = Replay(replay, folder, "testFuzz_assume(uint256)", 4);
        Assert.Equal((EntryFate.Accepted, 1, 0), (holds.Outcome, holds.Accepted, holds.Discarded));
        Assert.Equal((EntryFate.Skipped, 0, 1), (fails.Outcome, fails.Accepted, fails.Discarded));
        Assert.True(fails.Counts.IsEmpty);
    }

    [Fact]
    public void A_cheatcode_that_is_not_known_skips_the_entry_by_name()
    {
        using EvmReplay replay = Open(FoundryFiles.Cheating, "testFuzz_expect");
        EvmEntryResult[] results = [.. replay.Replay(FoundryFiles.Entries("corpus/CheatingTest/testFuzz_expect"), stop: TestContext.Current.CancellationToken)];
        Assert.All(results, static result => Assert.Equal((EntryFate.Skipped, "call 0 uses vm.expectRevert()"), (result.Outcome, result.Reason)));
        Assert.True(EvmReplaySummary.Of(results).IsMostlySkipped);
    }

    [Fact]
    public void An_entry_that_cannot_be_read_is_counted_as_such()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("bad.json"), "{");
        using EvmReplay replay = Open(FoundryFiles.Plain);
        EvmEntryResult result = Assert.Single(replay.Replay([folder.File("bad.json")], stop: TestContext.Current.CancellationToken));
        Assert.Equal(EntryFate.Unreadable, result.Outcome);
        Assert.StartsWith(folder.File("bad.json"), result.Reason, StringComparison.Ordinal);
        Assert.Equal(1, EvmReplaySummary.Of([result]).Unreadable);
    }

    [Fact]
    public void A_node_that_is_restarted_meanwhile_is_an_error()
    {
        bool restarted = false;
        _node.Answer = (method, _) => method == "eth_getBlockByNumber" && restarted ? new JsonObject { ["number"] = "0x0", ["hash"] = "0x" + new string('8', 64) } : null;
        using EvmReplay replay = Open(FoundryFiles.Plain);
        _ = replay.Replay(FoundryFiles.Entries("made"), stop: TestContext.Current.CancellationToken);
        restarted = true;
        Assert.Contains("restarted or reset", Assert.Throws<ShowmapException>(() => replay.Replay(FoundryFiles.Entries("made"), stop: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_goes_away_is_an_error_that_names_it()
    {
        using EvmReplay replay = Open(FoundryFiles.Plain);
        _node.Dispose();
        Assert.Contains($"{_node.Url}: the node does not answer", Assert.Throws<ShowmapException>(() => replay.Replay(FoundryFiles.Entries("made"), stop: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_that_is_stopped_returns_nothing()
    {
        using EvmReplay replay = Open(FoundryFiles.Plain);
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => replay.Replay(FoundryFiles.Entries("made"), ended: _ => stop.Cancel(), stop: stop.Token));
    }

    [Theory]
    [InlineData("ws://127.0.0.1:8545")]
    [InlineData("file:///tmp/anvil.ipc")]
    public void An_address_that_is_no_HTTP_is_an_error(string url) =>
        Assert.Contains("expected the address of a node", Assert.Throws<ShowmapException>(() => EvmReplay.Open(new(new(url), FoundryFiles.Plain))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_node_that_is_not_there_is_an_error_that_names_it()
    {
        _node.Dispose();
        Assert.Contains($"{_node.Url}: the node does not answer", Failure(FoundryFiles.Plain), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "", "HTTP status 500")]
    [InlineData(200, "<html>", "not JSON-RPC")]
    [InlineData(200, "[]", "did not answer web3_clientVersion")]
    [InlineData(200, "[{\"id\":0}]", "did not answer web3_clientVersion")]
    [InlineData(200, "{\"id\":null,\"error\":{\"code\":-32600,\"message\":\"no batches\"}}", "no batches")]
    [InlineData(200, "7", "did not answer")]
    public void An_answer_that_is_no_JSON_RPC_is_an_error(int status, string body, string message)
    {
        _node.Whole = () => (status, body);
        Assert.Contains(message, Failure(FoundryFiles.Plain), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_lacks_a_method_is_an_error_that_names_it()
    {
        _node.Answer = static (method, _) => method == "debug_traceCall" ? StandInNode.Error(-32601, "Method not found") : null;
        Assert.Contains("the node has no debug_traceCall", Failure(FoundryFiles.Plain), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_ignores_overrides_is_an_error()
    {
        _node.Answer = static (method, _) => method == "debug_traceCall" ? new JsonObject { ["failed"] = false, ["structLogs"] = new JsonArray(), ["returnValue"] = "0x" } : null;
        Assert.Contains("ignores stateOverrides or blockOverrides", Failure(FoundryFiles.Plain), StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_of_an_older_hard_fork_than_the_harness_is_an_error_that_names_both()
    {
        _node.Answer = static (method, parameters) => method == "debug_traceCall" && parameters[2]!["stateOverrides"]!.ToJsonString().Contains("60005c00", StringComparison.Ordinal)
            || (method == "debug_traceCall" && parameters[2]!["stateOverrides"]!.ToJsonString().Contains("60001e00", StringComparison.Ordinal))
            ? new JsonObject { ["failed"] = true, ["structLogs"] = new JsonArray(), ["returnValue"] = "0x" } : null;
        string message = Failure(FoundryFiles.Plain);
        Assert.Contains("rules of Shanghai", message, StringComparison.Ordinal);
        Assert.Contains("compiled for cancun", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_harness_that_cannot_be_used_is_an_error_that_says_why()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "out", "X.t.sol", "XTest.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Assert.Contains("the artifact cannot be read", Failure(path), StringComparison.Ordinal);
        Assert.Contains("not an artifact of forge", Failure(path, "[]"), StringComparison.Ordinal);
        Assert.Contains("not an artifact of forge", Failure(path, "{\"abi\":[]}"), StringComparison.Ordinal);
        Assert.Contains("has no bytecode", Failure(path, Artifact("0x")), StringComparison.Ordinal);
        Assert.Contains("is not linked: it needs src/Lib.sol:Lib", Failure(path, Artifact("0x73__$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa$__")), StringComparison.Ordinal);
        Assert.Contains("the constructor of XTest takes arguments", Failure(path, Artifact("0x00").Replace("\"setUp\"", "\"x\"", StringComparison.Ordinal).Replace("\"function\"", "\"constructor\"", StringComparison.Ordinal)
            .Replace("\"inputs\":[]", "\"inputs\":[{\"type\":\"uint256\"}]", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("the constructor of XTest reverts", Failure(path, Artifact("0x60006000fd")), StringComparison.Ordinal);

        // Its runtime code is REVERT(0, 0).
        Assert.Contains("setUp of XTest reverts: without a reason", Failure(path, Artifact("0x6460006000fd6000526005601bf3")), StringComparison.Ordinal);
        Assert.Contains("has no function 'nothing'; it has setUp()", Failure(path, Artifact("0x00"), "nothing"), StringComparison.Ordinal);
        Assert.Contains("the harness has no targets", Failure(path, Artifact("0x00")), StringComparison.Ordinal);
    }

    private static string Artifact(string code) => $$"""
        {"abi":[{"type":"function","name":"setUp","inputs":[],"outputs":[],"stateMutability":"nonpayable"}],
         "bytecode":{"object":"{{code}}","linkReferences":{"src/Lib.sol":{"Lib":[{"start":1,"length":20}] } } },"deployedBytecode":{"object":"0x00"} }
        """;

    private EvmReplay Open(string harness, string? function = null) => EvmReplay.Open(new(_node.Url, harness) { Function = function, Engine = EvmEngine.Local });

    private string Failure(string harness, string? artifact = null, string? function = null)
    {
        if (artifact is not null)
        {
            File.WriteAllText(harness, artifact);
        }

        return Assert.Throws<ShowmapException>(() => Open(harness, function)).Message;
    }

    private static EvmEntryResult Replay(EvmReplay replay, TemporaryFolder folder, string signature, int argument)
    {
        uint selector = Edgewise.Showmap.Evm.Cheats.AbiText.Selector(signature);
        File.WriteAllText(folder.File("entry.json"), $$"""
            [{"sender":"0x1804c8ab1f12e6bbf3894d4083f33e07309d1f38","target":"0x7fa9385be102ac3eac297483dd6233d62b3e1496","calldata":"0x{{selector:x8}}{{argument:x64}}"}]
            """);
        return Assert.Single(replay.Replay([folder.File("entry.json")], stop: TestContext.Current.CancellationToken));
    }
}
