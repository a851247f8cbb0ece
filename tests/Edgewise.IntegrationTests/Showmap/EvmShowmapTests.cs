using Edgewise.IntegrationTests.Fuzzing;

namespace Edgewise.IntegrationTests.Showmap;

public sealed class EvmShowmapTests : IDisposable
{
    private readonly FuzzFolder _folder = new();

    private static string Data { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "foundry");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_corpus_of_Foundry_is_replayed_on_a_node_with_the_same_file_by_both_engines()
    {
        using var node = new AnvilNode();

        FuzzRun one = Showmap(node.Url, "PlainTest/invariant_solvent", "node"), other = Showmap(node.Url, "PlainTest/invariant_solvent", "local");

        Assert.All([one, other], run => Assert.Equal(0, run.ExitCode));
        Assert.True(one.Json.GetProperty("domains").GetProperty("evm").GetProperty("observed").GetBoolean());
        byte[] file = File.ReadAllBytes(_folder.At("out", "replay__PlainTest__invariant", "node.txt"));
        Assert.Equal(file, File.ReadAllBytes(_folder.At("out", "replay__PlainTest__invariant", "local.txt")));
        Assert.All(File.ReadLines(_folder.At("out", "replay__PlainTest__invariant", "node.txt")), line => Assert.Matches("^evm_[0-9a-f]{16}_[0-9a-f]{4,}:[1-9][0-9]*$", line));
    }

    [Fact]
    public void An_entry_with_a_cheatcode_that_is_not_known_is_skipped_by_name_and_a_node_that_is_not_there_is_told()
    {
        using var node = new AnvilNode();

        FuzzRun skipped = Showmap(node.Url, "CheatingTest/testFuzz_expect", "node", "--method", "testFuzz_expect"), nobody = Showmap(new Uri("http://127.0.0.1:1"), "PlainTest/invariant_solvent", "node");

        Assert.Equal((1, 1), (skipped.ExitCode, nobody.ExitCode));
        Assert.Contains("skipped: call 0 uses vm.expectRevert()", skipped.Error, StringComparison.Ordinal);
        Assert.Contains("evm was asked for and not observed: no entry was accepted", skipped.Error, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:1/: the node does not answer", nobody.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("out")));
    }

    private FuzzRun Showmap(Uri node, string corpus, string engine, params string[] more)
    {
        string contract = corpus[..corpus.IndexOf('/', StringComparison.Ordinal)];
        return FuzzRun.Of(_folder, [
            "showmap", Path.Combine(Data, "corpus", corpus), "-o", "out", "--trial", engine, "--evm-engine", engine, "--json", "-", "--evm-rpc", node.ToString(),
            "--evm-harness", Path.Combine(Data, "out", contract.Replace("Test", ".t.sol", StringComparison.Ordinal), contract + ".json"), .. more]);
    }
}
