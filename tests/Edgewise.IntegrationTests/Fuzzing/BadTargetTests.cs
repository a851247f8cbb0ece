using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Fuzzing;

public sealed class BadTargetTests
{
    [Fact]
    public void An_assembly_with_several_targets_lists_them()
    {
        using var folder = new FuzzFolder();

        FuzzRun run = FuzzRun.OfAny(folder);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("edgewise: Fuzzed: 13 fuzz targets; choose one:\n", run.Error, StringComparison.Ordinal);
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

    [Fact]
    public void A_target_that_writes_to_its_input_is_found_out_with_the_input_as_it_was()
    {
        using var folder = new FuzzFolder();
        folder.Write("in", "ab");

        FuzzRun replay = FuzzRun.Of(folder, "fuzz", "overwrites", "in"), search = FuzzRun.Of(folder, "fuzz", "overwrites", "-seed=1", "-runs=10000");

        Assert.Equal(77, replay.ExitCode);
        Assert.Contains("AccessViolation in Fuzzed.SurroundingTargets.Overwrite", replay.Error, StringComparison.Ordinal);
        Assert.Equal(77, search.ExitCode);
        Assert.DoesNotContain((byte)'!', File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.Path, "crash-*"))));
    }

    [Fact]
    public void A_target_may_keep_its_input()
    {
        using var folder = new FuzzFolder();

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "keeps", "-seed=1", "-runs=5000");

        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void Seeds_that_are_named_one_by_one_are_read_and_one_that_is_not_there_is_told()
    {
        using var folder = new FuzzFolder();
        folder.Write("one", "one");
        folder.Write("two", "other");
        folder.Write("list", "one\ntwo\n");

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "letters", "-runs=0", "-seed_inputs=one,two"), list = FuzzRun.Of(folder, "fuzz", "letters", "-runs=0", "-seed_inputs=@list");
        FuzzRun missing = FuzzRun.Of(folder, "fuzz", "letters", "-runs=0", "-seed_inputs=one,three");

        Assert.All([run, list], each => Assert.Contains("INFO: seed corpus: files: 2 min: 3b max: 5b total: 8b", each.Error, StringComparison.Ordinal));
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("three: not found; expected a file", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_and_points_that_are_covered_for_the_first_time_are_named_as_far_as_the_flags_ask()
    {
        using var folder = new FuzzFolder();

        FuzzRun usual = FuzzRun.Of(folder, (string[])["fuzz", TestPrograms.FuzzTargets, "--method", "json-reader", "-seed=1", "-runs=1000"]);
        FuzzRun points = FuzzRun.Of(folder, "fuzz", "letters", "-seed=1", "-runs=3000", "-ignore_crashes=1", "-print_funcs=0", "-print_pcs=1");

        Assert.Empty(LogGrammar.Foreign([.. usual.Lines, .. points.Lines]));
        Assert.Contains("\tNEW_FUNC[1/", usual.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("NEW_FUNC", points.Error, StringComparison.Ordinal);
        Assert.Matches(@"\tNEW_PC: 0x[0-9a-f]+ in Fuzzed\.\S+ \S+\.cs:\d+\n", points.Error);
    }
}
