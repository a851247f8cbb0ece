namespace Edgewise.IntegrationTests.Fuzzing;

public sealed class MergeTests
{
    [Theory]
    [InlineData("-merge=1")]
    [InlineData("-set_cover_merge=1")]
    public void A_merge_outlives_its_inputs_and_adds_what_the_corpus_lacks(string flag)
    {
        using var folder = new FuzzFolder();
        folder.Write("corpus/first", "ab");
        foreach (char letter in "SXER")
        {
            folder.Write($"in/{letter}", $"a{letter}");
        }

        folder.Write("in/known", "ba");
        folder.Write("in/new", "aaaaaaaa");

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "ends", "corpus", "in", flag, "-merge_control_file=control");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(LogGrammar.Foreign(run.Lines));
        Assert.Equal(["aR", "aaaaaaaa", "ab"], folder.Entries("corpus"));
        Assert.Contains("MERGE-OUTER: successful in 3 attempt(s)\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("INFO: edgewise: in/E: the target ended the process with exit code 3; left out\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("INFO: edgewise: in/X: System.InvalidOperationException: an X in 2 bytes; left out\n", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("7\n1\n", File.ReadAllText(folder.At("control")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_merges_too_and_tells_it_as_json()
    {
        using var folder = new FuzzFolder();
        folder.Write("in/a", "a");
        folder.Write("in/b", "bc");
        folder.Write("in/c", "cb");

        FuzzRun run = FuzzRun.Of(folder, "merge", "letters", "corpus", "in", "--set-cover", "--json", "-");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["a", "bc"], folder.Entries("corpus"));
        Assert.Equal((2, 1), (run.Json.GetProperty("added").GetInt32(), run.Json.GetProperty("attempts").GetInt32()));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Temporary));
    }

    [Fact]
    public void A_corpus_gets_smaller_and_covers_the_same_whatever_its_files_are_called()
    {
        using var folder = new FuzzFolder();
        string[] contents = ["", "a", "b", "c", "d", "ab", "abc", "abcd", "aaaa", "bbbb", "dd", "aaaab", "dcba"];
        for (int i = 0; i < contents.Length; i++)
        {
            folder.Write($"in/{i:00}", contents[i]);
            folder.Write($"reversed/{99 - i}", contents[i]);
        }

        FuzzRun run = FuzzRun.Of(folder, "cmin", "letters", "in", "-o", "out", "--json", "-"), reversed = FuzzRun.Of(folder, "cmin", "letters", "reversed", "-o", "other", "--json", "-");
        FuzzRun again = FuzzRun.Of(folder, "cmin", "letters", "out", "-o", "third", "--json", "-");

        Assert.Equal((0, 0, 0), (run.ExitCode, reversed.ExitCode, again.ExitCode));
        Assert.InRange(run.Json.GetProperty("chosen").GetInt32(), 3, 8);
        Assert.Equal(run.Json.GetProperty("features").GetInt32(), again.Json.GetProperty("features").GetInt32());
        Assert.Equal(folder.Entries("out"), folder.Entries("other"));
        Assert.Equal(folder.Entries("out"), folder.Entries("third"));
    }
}
