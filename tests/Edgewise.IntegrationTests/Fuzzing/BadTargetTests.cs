namespace Edgewise.IntegrationTests.Fuzzing;

public sealed class BadTargetTests
{
    [Fact]
    public void An_assembly_with_several_targets_lists_them()
    {
        using var folder = new FuzzFolder();

        FuzzRun run = FuzzRun.OfAny(folder);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("edgewise: Fuzzed: 10 fuzz targets; choose one:\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("edgewise:   --method \"Fuzzed.EndTargets.Ends(ReadOnlySpan<byte>)\"\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "expected the name of a fuzz target")]
    [InlineData("Fuzzed.EndTargets.Nothing", "no method 'Nothing' in Fuzzed.EndTargets")]
    [InlineData("Fuzzed.BrokenTargets.TakesReference", "cannot be a fuzz target")]
    [InlineData("Fuzzed.BrokenClass.Run", "the static constructor of Fuzzed.BrokenClass failed, so the target cannot run: System.FormatException")]
    public void A_target_that_cannot_be_run_is_told_with_the_reason(string method, string reason)
    {
        using var folder = new FuzzFolder();
        folder.Write("in", "in");

        FuzzRun search = FuzzRun.Of(folder, "fuzz", method, "-runs=10"), replay = FuzzRun.Of(folder, "fuzz", method, "in"), tmin = FuzzRun.Of(folder, "tmin", method, "in", "-o", "out");

        Assert.All([search, replay, tmin], run => Assert.Equal(1, run.ExitCode));
        Assert.All([search, replay, tmin], run => Assert.Contains(reason, run.Error, StringComparison.Ordinal));
        Assert.False(File.Exists(folder.At("out")));
    }

    [Fact]
    public void A_target_of_which_no_edge_is_counted_is_told_with_what_to_do()
    {
        using var folder = new FuzzFolder();

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "letters", "-runs=10", "--assemblies", "None.At.All");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no edges are counted: 'None.At.All' leaves nothing of what the target calls; name its assemblies with --assemblies", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_that_cannot_be_written_is_told()
    {
        using var folder = new FuzzFolder();
        // Where the corpus would keep what it knows stands a file, which stops a superuser too.
        folder.Write("corpus/.edgewise", "");

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "letters", "corpus", "-runs=10");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("corpus", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_campaigns_do_not_share_a_folder_by_accident()
    {
        using var folder = new FuzzFolder();
        Directory.CreateDirectory(folder.At("corpus"));
        using var corpus = Edgewise.Corpus.CorpusFolder.Open(folder.At("corpus"));

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "letters", "corpus", "-runs=10");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{Environment.ProcessId}", run.Error, StringComparison.Ordinal);
    }
}
