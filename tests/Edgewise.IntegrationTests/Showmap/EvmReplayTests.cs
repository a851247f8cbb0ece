using Edgewise.Showmap;
using Edgewise.Showmap.Evm;
using Edgewise.Showmap.Replay;
using Edgewise.Tests.Showmap.Evm;

namespace Edgewise.IntegrationTests.Showmap;

public sealed class EvmReplayTests
{
    public static TheoryData<string, string, string?> Corpora => FoundryFiles.Corpora;

    [Theory]
    [MemberData(nameof(Corpora))]
    public void The_node_and_this_machine_count_the_same_for_every_entry(string folder, string harness, string? function)
    {
        using AnvilNode anvil = new();
        EvmReplayOptions options = new(anvil.Url, harness) { Function = function };
        using EvmReplay node = EvmReplay.Open(options), local = EvmReplay.Open(options with { Engine = EvmEngine.Local });
        string[] files = FoundryFiles.Entries(folder);
        IReadOnlyList<EvmEntryResult> first = node.Replay(files, workers: 2, stop: TestContext.Current.CancellationToken), second = local.Replay(files, stop: TestContext.Current.CancellationToken);
        Assert.StartsWith("anvil/", node.Client, StringComparison.Ordinal);
        for (int entry = 0; entry < files.Length; entry++)
        {
            Assert.Equal(first[entry] with { Counts = second[entry].Counts }, second[entry]);
            Assert.Equal(EvmIds.Lines(first[entry].Counts), EvmIds.Lines(second[entry].Counts));
            Assert.Equal(first[entry].Outcome == EntryFate.Accepted, EvmIds.Lines(first[entry].Counts).Any());
        }
    }

    [Theory]
    [InlineData(EvmEngine.Node)]
    [InlineData(EvmEngine.Local)]
    public void Counts_are_those_of_the_same_calls_mined_and_traced_one_by_one(EvmEngine engine)
    {
        using AnvilNode anvil = new("--steps-tracing", "--block-base-fee-per-gas", "0", "--gas-price", "0", "--hardfork", "cancun"), other = new("--hardfork", "cancun");
        MinedSequence mined = new(anvil);
        mined.Deploy(FoundryFiles.Plain);
        string[] files = [.. FoundryFiles.Entries("corpus/PlainTest/invariant_solvent").Take(3)];
        int calls = files.Sum(mined.Replay);
        using EvmReplay replay = EvmReplay.Open(new(other.Url, FoundryFiles.Plain) { Engine = engine });
        EvmCounts sum = new();
        int accepted = 0;
        foreach (EvmEntryResult result in replay.Replay(files, stop: TestContext.Current.CancellationToken))
        {
            sum.Add(result.Counts);
            accepted += result.Accepted;
        }

        Assert.Equal(calls, accepted);
        Assert.Equal(EvmIds.Lines(mined.Counts), EvmIds.Lines(sum));
    }

    [Fact]
    public void A_node_that_is_killed_in_the_middle_is_an_error_that_names_it()
    {
        using AnvilNode anvil = new();
        using EvmReplay replay = EvmReplay.Open(new(anvil.Url, FoundryFiles.Plain));
        ShowmapException error = Assert.Throws<ShowmapException>(() => replay.Replay(FoundryFiles.Entries("made"), ended: _ => anvil.Kill(), stop: TestContext.Current.CancellationToken));
        Assert.StartsWith($"{anvil.Url}: the node does not answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_of_an_older_hard_fork_is_an_error_that_says_how_to_start_it()
    {
        using AnvilNode anvil = new("--hardfork", "shanghai");
        ShowmapException error = Assert.Throws<ShowmapException>(() => EvmReplay.Open(new(anvil.Url, FoundryFiles.Plain)));
        Assert.Contains("rules of Shanghai", error.Message, StringComparison.Ordinal);
        Assert.Contains("anvil --hardfork", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shanghai", "Shanghai")]
    [InlineData("cancun", "Cancun")]
    [InlineData("prague", "Cancun")]
    [InlineData("osaka", "Osaka")]
    public void The_hard_fork_of_a_node_is_found(string started, string found)
    {
        using AnvilNode anvil = new("--hardfork", started);
        using Edgewise.Showmap.Evm.Rpc.JsonRpcNode node = new(anvil.Url, TimeSpan.FromMinutes(5));
        Assert.Equal(found, Edgewise.Showmap.Evm.Node.NodeChain.Open(node).Fork.ToString());
    }
}
