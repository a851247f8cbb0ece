namespace Edgewise.IntegrationTests.Fuzzing;

public sealed class MinimizationTests
{
    [Theory]
    [InlineData('X', "exception System.InvalidOperationException < Fuzzed.EndTargets.Ends")]
    [InlineData('S', "stack overflow < Fuzzed.EndTargets.Ascend < Fuzzed.EndTargets.Descend")]
    [InlineData('F', "fail fast < Fuzzed.EndTargets.Ends")]
    [InlineData('E', "exit code 3")]
    [InlineData('H', "timeout")]
    public void The_shortest_input_shows_the_same_whatever_the_end(char letter, string signature)
    {
        using var folder = new FuzzFolder();
        folder.Write("in", $"abc{letter}def");

        FuzzRun run = FuzzRun.Of(folder, "tmin", "ends", "in", "-o", "out", "--timeout", "1", "--json", "-");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(signature, run.Json.GetProperty("signature").GetString());
        Assert.Equal(letter.ToString(), File.ReadAllText(folder.At("out")));
    }

    [Fact]
    public void An_input_that_does_no_harm_keeps_its_edges_and_how_often_they_are_taken()
    {
        using var folder = new FuzzFolder();
        folder.Write("in", "xxaybzaaaqqqc");

        FuzzRun run = FuzzRun.Of(folder, "tmin", "letters", "in", "-o", "out");

        string smallest = File.ReadAllText(folder.At("out"));
        Assert.Equal(0, run.ExitCode);
        // Five times 'a' is of the class of four to seven, thirteen rounds of that of eight to fifteen.
        Assert.InRange(smallest.Count(letter => letter == 'a'), 4, 5);
        Assert.Equal((1, 1), (smallest.Count(letter => letter == 'b'), smallest.Count(letter => letter == 'c')));
        Assert.InRange(smallest.Length, 8, 12);
        Assert.Contains($"input  \"{smallest}\"u8", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void LibFuzzers_flag_does_the_same_in_its_words()
    {
        using var folder = new FuzzFolder();
        folder.Write("in", "abcSdef");
        folder.Write("fine", "fine");

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "ends", "in", "-minimize_crash=1", "-runs=1000"), fine = FuzzRun.Of(folder, "fuzz", "ends", "fine", "-minimize_crash=1", "-runs=1000");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(LogGrammar.Foreign(run.Lines));
        Assert.Equal("S", File.ReadAllText(folder.At("minimized-from-c8bc206c43ef35acaf40ccdcdbc28272935bad73")));
        Assert.Contains("CRASH_MIN: failed to minimize beyond ./minimized-from-c8bc206c43ef35acaf40ccdcdbc28272935bad73 (1 bytes), exiting\n", run.Error, StringComparison.Ordinal);
        Assert.Equal((1, "ERROR: the input fine did not crash"), (fine.ExitCode, fine.Lines[^1]));
    }

    [Fact]
    public void A_finding_that_killed_the_process_is_minimised_run_again_and_told_with_a_command_that_reproduces_it()
    {
        using var folder = new FuzzFolder();
        folder.Write("seeds/one", "abcSdef");
        Directory.CreateDirectory(folder.At("corpus"));

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "ends", "corpus", "seeds", "-runs=100", "-seed=1", "-print_final_stats=1", "--emit-test", "xunit", "--test-folder", "tests");

        Assert.Equal(77, run.ExitCode);
        Assert.Empty(LogGrammar.Foreign(run.Lines));
        Assert.Contains("INFO: edgewise: finding 1: stack overflow in Fuzzed.EndTargets.Ascend\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("INFO: edgewise:   input: \"S\"u8\n", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("(flaky", run.Error, StringComparison.Ordinal);
        Assert.Contains("stat::peak_rss_mb:              ", run.Error, StringComparison.Ordinal);
        string test = File.ReadAllText(Assert.Single(Directory.GetFiles(folder.At("tests"))));
        Assert.Contains("global::Fuzzed.EndTargets.Ends(input);", test, StringComparison.Ordinal);
        Assert.Contains("byte[] input = \"S\"u8.ToArray();", test, StringComparison.Ordinal);
        string command = run.Lines.Single(line => line.Contains("reproduce: ", StringComparison.Ordinal)).Split("reproduce: edgewise ")[1];
        Assert.Equal(77, FuzzRun.Of(folder, command.Split(' ')).ExitCode);
    }
}
