using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Cli;

public sealed class EdgewiseCommandTests
{
    [Theory]
    [InlineData("instrument", "edgewise instrument bin/Library.dll -o instrumented")]
    [InlineData("run", "edgewise run --assemblies Markdig bin/Markdown.dll -- README.md")]
    [InlineData("sancov compares", "edgewise sancov compares coverage/compares.4711.txt")]
    public void The_help_of_a_command_ends_with_an_example(string command, string example)
    {
        CommandRun run = CommandRun.Of([.. command.Split(' '), "--help"]);

        Assert.Equal((0, []), (run.ExitCode, run.Errors));
        Assert.Contains(example, run.Output[run.Output.IndexOf("Example:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run", "--assembles", "Markdig", "App.dll")]
    [InlineData("run", "App.dll", "-v")]
    [InlineData("instrument", "App.dll", "-o", "out", "--levels=edge")]
    public void A_slip_in_the_name_of_an_option_is_not_taken_for_an_argument(params string[] args)
    {
        CommandRun run = CommandRun.Of(args);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is no option of 'edgewise ", run.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        CommandRun run = CommandRun.Of("instrument");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Errors, line => line.Contains("--output", StringComparison.Ordinal));
        Assert.Contains(run.Errors, line => line.Contains("IN.dll", StringComparison.Ordinal));
        Assert.All(run.Errors, line => Assert.StartsWith("edgewise: ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'edgewise --help' shows what there is", "--jsn")]
    [InlineData("'edgewise instrument --help' shows what there is", "instrument")]
    [InlineData("'edgewise sancov --help' shows what there is", "sancov")]
    [InlineData("'edgewise sancov stats --help' shows what there is", "sancov", "stats")]
    [InlineData("'edgewise sancov covered-functions --help' shows what there is", "sancov", "covered-functions", "--jsn", "App.dll")]
    public void After_a_slip_the_hint_names_a_command_that_can_be_typed(string hint, params string[] args)
    {
        CommandRun run = CommandRun.Of(args);
        string[] named = hint.Split('\'')[1].Split(' ')[1..];

        Assert.Equal((1, $"edgewise: {hint}"), (run.ExitCode, run.Errors[^1]));
        Assert.Equal((0, []), (CommandRun.Of(named).ExitCode, CommandRun.Of(named).Errors));
    }

    [Fact]
    public void A_slip_in_an_option_of_an_action_names_the_whole_command()
    {
        CommandRun run = CommandRun.Of("sancov", "stats", "--jsn", "App.dll");

        Assert.Equal("edgewise: '--jsn' is no option of 'edgewise sancov stats'; what is not meant as one goes behind '--'", run.Errors[0]);
    }

    [Theory]
    [InlineData("indirect-calls", "nothing in 'indirect-calls' marks")]
    [InlineData("trace-cmp,trace-pc-entry-exit", "nothing in 'trace-cmp,trace-pc-entry-exit' marks")]
    [InlineData("control-flow", "nothing in 'control-flow' marks")]
    public void Run_says_what_must_be_added_to_features_that_do_not_mark_the_map(string features, string reason)
    {
        using var folder = new TemporaryFolder();

        CommandRun run = CommandRun.Of("run", "--coverage-dir", folder.At("coverage"), "--features", features, ProgramCopy.Of(folder));
        CommandRun added = CommandRun.Of("run", "--coverage-dir", folder.At("coverage"), "--features", $"{features},inline-bool-flag", folder.At("missing.dll"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"edgewise: --features: {reason} the coverage map, which 'run' reads when the program has ended; add inline-8bit-counters, inline-bool-flag, trace-pc-guard, trace-pc or trace-bb",
            run.Errors);
        Assert.DoesNotContain(added.Errors, error => error.Contains("--features", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_tells_its_own_failures_and_makes_no_coverage_folder_for_them()
    {
        using var folder = new TemporaryFolder();
        string program = ProgramCopy.Of(folder);

        CommandRun nothing = CommandRun.Of("run", "--coverage-dir", folder.At("coverage"), "--assemblies", "Nothing*", program);
        CommandRun features = CommandRun.Of("run", "--coverage-dir", folder.At("coverage"), "--features", "pc-table", folder.At("missing.dll"));
        CommandRun blocked = CommandRun.Of("run", "--coverage-dir", Path.Combine(program, "coverage"), program, "--assemblies", "edgewise");

        Assert.Equal((1, 1, 1), (nothing.ExitCode, features.ExitCode, blocked.ExitCode));
        Assert.Contains("'Nothing*' matches no assembly of the program; there are: ", Assert.Single(nothing.Errors), StringComparison.Ordinal);
        Assert.Contains("pc-table lists the points of another feature", features.Errors[0], StringComparison.Ordinal);
        Assert.Contains("missing.dll: there is no such file", features.Errors[^1], StringComparison.Ordinal);
        Assert.Contains("the coverage folder cannot be made", Assert.Single(blocked.Errors), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("coverage")));
    }
}
