namespace Edgewise.IntegrationTests.Fuzzing;

public sealed class ParallelTests
{
    [Fact]
    public void Forked_jobs_share_a_corpus_and_end_with_the_first_finding()
    {
        using var folder = new FuzzFolder();
        Directory.CreateDirectory(folder.At("corpus"));

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "letters", "corpus", "-fork=2", "-runs=20000", "-seed=1"), crash = FuzzRun.Of(folder, "fuzz", "ends", "-fork=2", "-max_total_time=30", "-seed=1", "-timeout=1");

        Assert.Equal((0, 77), (run.ExitCode, crash.ExitCode));
        Assert.Empty(LogGrammar.Foreign([.. run.Lines, .. crash.Lines]));
        Assert.True(folder.Entries("corpus").Length > 4);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Temporary));
        Assert.Contains("INFO: exiting: 77 time: ", crash.Error, StringComparison.Ordinal);
        Assert.Contains(Directory.GetFiles(folder.Path), file => Path.GetFileName(file).StartsWith("crash-", StringComparison.Ordinal));
    }

    [Fact]
    public void Forked_jobs_tell_their_words_together()
    {
        using var folder = new FuzzFolder();
        Directory.CreateDirectory(folder.At("corpus"));

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "letters", "corpus", "-fork=2", "-runs=20000", "-seed=1", "--json", "-");

        string[] words = [.. run.Json.GetProperty("words").EnumerateArray().Select(word => word.GetProperty("bytes").GetString()!)];
        Assert.Equal(words.Distinct(), words);
        Assert.Equal(words.Length > 0, run.Error.Contains("###### Recommended dictionary. ######", StringComparison.Ordinal));
    }

    [Fact]
    public void Jobs_that_run_side_by_side_exchange_what_they_find_and_leave_nothing()
    {
        using var folder = new FuzzFolder();
        Directory.CreateDirectory(folder.At("corpus"));

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "letters", "corpus", "-jobs=2", "-workers=2", "-max_total_time=8", "-seed=1");

        Assert.Equal(0, run.ExitCode);
        Assert.True(folder.Entries("corpus").Length > 4);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Temporary));
    }

    [Fact]
    public void Jobs_have_a_log_each_and_a_failure_of_one_is_the_commands()
    {
        using var folder = new FuzzFolder();
        Directory.CreateDirectory(folder.At("corpus"));

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "letters", "corpus", "-jobs=2", "-workers=1", "-runs=2000", "-seed=1");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("================== Job 1 exited with exit code 0 ============\n", run.Error, StringComparison.Ordinal);
        Assert.Empty(LogGrammar.Foreign([.. File.ReadAllLines(folder.At("fuzz-0.log")), .. File.ReadAllLines(folder.At("fuzz-1.log"))]));
        Assert.True(folder.Entries("corpus").Length > 4);
        Assert.Equal(1, FuzzRun.Of(folder, "fuzz", "ends", "-jobs=1", "-runs=100000", "-seed=1", "-timeout=1").ExitCode);
    }
}
