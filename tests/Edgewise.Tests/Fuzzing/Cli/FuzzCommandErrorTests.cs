using Edgewise.Tests.Cli;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Fuzzing.Cli;

// What is wrong with a command line is told before any process starts.
public sealed class FuzzCommandErrorTests
{
    private static readonly string Target = typeof(FuzzCommandErrorTests).Assembly.Location;

    [Theory]
    [InlineData("fuzz")]
    [InlineData("tmin", "in", "-o", "out")]
    [InlineData("cmin", "in", "-o", "no-such-folder")]
    [InlineData("merge", "out", "in")]
    public void A_target_that_is_not_there_is_named(string command, params string[] arguments)
    {
        var run = CommandRun.Of([command, "no-such-target.dll", .. arguments.Where(argument => command != "fuzz" || argument.Length == 0)]);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal(["edgewise: no-such-target.dll: not found; expected a target's assembly"], run.Errors);
    }

    [Fact]
    public void A_malformed_dictionary_is_told_with_its_line()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("words.dict");
        File.WriteAllText(file, "good=\"word\"\nbad\n");

        var run = CommandRun.Of("fuzz", Target, $"-dict={file}");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal([$"edgewise: {file}: line 2: expected name=\"word\" or \"word\""], run.Errors);
    }

    [Fact]
    public void A_corpus_that_is_not_there_is_told_with_the_flag_that_makes_it()
    {
        var run = CommandRun.Of("fuzz", Target, "no-such-folder");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["edgewise: The required directory \"no-such-folder\" does not exist; -create_missing_dirs=1 makes it"], run.Errors);
    }

    [Fact]
    public void Files_and_folders_together_are_refused()
    {
        using var folder = new TemporaryFolder();

        var run = CommandRun.Of("fuzz", Target, folder.Path, Target);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal([$"edgewise: {Target} is a file and {folder.Path} a folder; expected files, which are run, or folders, from which a search begins"], run.Errors);
    }

    [Fact]
    public void A_place_for_artifacts_that_is_not_there_is_told_before_anything_is_found()
    {
        var run = CommandRun.Of("fuzz", Target, "-artifact_prefix=no-such-folder/");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("edgewise: -artifact_prefix=no-such-folder/: there is no folder ", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_merge_needs_two_folders()
    {
        using var folder = new TemporaryFolder();

        var run = CommandRun.Of("fuzz", Target, folder.Path, "-merge=1");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["edgewise: -merge=1 and -set_cover_merge=1: expected the corpus that is added to, and folders with inputs"], run.Errors);
    }

    [Fact]
    public void The_result_of_cmin_goes_to_an_empty_folder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("there"), "");

        var run = CommandRun.Of("cmin", Target, folder.Path, "-o", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal([$"edgewise: {folder.Path}: is not empty; expected a new folder for the result, or an empty one"], run.Errors);
    }

    [Theory]
    [InlineData("tmin", "--runs", "0", "edgewise: --runs and --seconds: expected 1 or more")]
    [InlineData("tmin", "--timeout", "-1", "edgewise: --timeout and --memory: expected 0 or more")]
    public void Limits_are_checked(string command, string option, string value, string error)
    {
        var run = CommandRun.Of(command, Target, "input", "-o", "out", option, value);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal([error], run.Errors);
    }

    [Theory]
    [InlineData("fuzz")]
    [InlineData("tmin")]
    [InlineData("cmin")]
    [InlineData("merge")]
    public void The_help_ends_with_an_example(string command)
    {
        var run = CommandRun.Of(command, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"edgewise {command} bin/MyTargets.dll", run.Output, StringComparison.Ordinal);
    }
}
