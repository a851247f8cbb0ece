namespace Edgewise.IntegrationTests.Fuzzing;

public sealed class ReplayTests
{
    [Fact]
    public void Each_file_is_run_although_others_end_the_process_and_each_death_is_told_with_its_file()
    {
        using var folder = new FuzzFolder();
        string[] files = [.. "ESFATXR".Select(letter => folder.Write($"in-{letter}", $"ab{letter}")), folder.Write("in-ok", "fine")];

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "ends", files);

        Assert.Equal(77, run.ExitCode);
        Assert.Empty(LogGrammar.Foreign(run.Lines));
        Assert.All(files, file => Assert.Contains($"Running: {file}\n", run.Error, StringComparison.Ordinal));
        Assert.All(files, file => Assert.Contains($"Executed {file} in ", run.Error, StringComparison.Ordinal));
        Assert.Contains("INFO: edgewise: in-E (3 bytes): the target ended the process with exit code 3\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("INFO: edgewise: in-S (3 bytes): stack overflow in Fuzzed.EndTargets.Ascend\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("INFO: edgewise: in-F (3 bytes): Environment.FailFast: the file is broken\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("INFO: edgewise: in-A (3 bytes): AccessViolation in Fuzzed.EndTargets.WriteNowhere\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("INFO: edgewise: in-T (3 bytes): unhandled in a thread: System.NotSupportedException: in a thread of its own\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("INFO: edgewise: in-X (3 bytes): System.InvalidOperationException: an X in 3 bytes\n", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("in-R (", run.Error, StringComparison.Ordinal);
        Assert.Contains("*** NOTE: fuzzing was not performed, you have only\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("EndTargets.cs:line ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("at Edgewise.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Program.<Main>", run.Error, StringComparison.Ordinal);
        Assert.Equal(files.Length, Directory.GetFiles(folder.Path).Length);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Temporary));
    }

    [Fact]
    public void A_hang_is_exit_code_70_too_much_memory_71_and_neither_is_0()
    {
        using var folder = new FuzzFolder();
        folder.Write("hang", "H");
        folder.Write("memory", "M");
        folder.Write("fine", "fine");

        Assert.Equal(70, FuzzRun.Of(folder, "fuzz", "ends", "hang", "-timeout=1").ExitCode);
        Assert.Equal(71, FuzzRun.Of(folder, "fuzz", "ends", "memory", "-rss_limit_mb=300").ExitCode);
        Assert.Equal(0, FuzzRun.Of(folder, "fuzz", "ends", "fine", "-runs=5").ExitCode);
        Assert.Equal(9, FuzzRun.Of(folder, "fuzz", "ends", "hang", "-timeout=1", "-timeout_exitcode=9").ExitCode);
    }

    [Fact]
    public void An_exception_that_the_command_line_names_is_an_answer()
    {
        using var folder = new FuzzFolder();
        folder.Write("x", "X");

        Assert.Equal(77, FuzzRun.Of(folder, "fuzz", "ends", "x").ExitCode);
        Assert.Equal(0, FuzzRun.Of(folder, "fuzz", "ends", "x", "--expects", "InvalidOperationException").ExitCode);
        Assert.Equal(0, FuzzRun.Of(folder, "fuzz", "ends", "x", "--expects", "Other,System.SystemException").ExitCode);
    }

    [Fact]
    public void An_entry_of_two_gigabytes_is_left_out_and_told()
    {
        using var folder = new FuzzFolder();
        using (var file = new FileStream(folder.At("large"), FileMode.CreateNew))
        {
            file.SetLength(2L << 30);
        }

        folder.Write("fine", "fine");

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "ends", "large", "fine");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("edgewise: large: 2147483648 bytes; expected at most ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Executed fine in ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_changes_what_is_around_it_disturbs_nobody()
    {
        using var folder = new FuzzFolder();
        folder.Write("one", "one");
        folder.Write("two", "two!");
        folder.Write("three", "three");

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "surroundings", "one", "two", "three", "-runs=3", "--json", "-");

        Assert.Equal(77, run.ExitCode);
        Assert.Empty(LogGrammar.Foreign(run.Lines));
        Assert.Contains("INFO: edgewise: two (4 bytes): System.InvalidOperationException: disturbed\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("Executed three in ", run.Error, StringComparison.Ordinal);
        Assert.Equal("two", run.Json.GetProperty("findings")[0].GetProperty("artifact").GetString());
    }
}
