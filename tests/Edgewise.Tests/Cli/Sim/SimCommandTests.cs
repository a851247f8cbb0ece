using System.Text.Json;
using Edgewise.Cli.Commands.Sim;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Cli.Sim;

public sealed class SimCommandTests
{
    private static readonly string Bad = BadPath();

    [Theory]
    [InlineData("sim list", "edgewise sim list lock --assembly bin/Tests.dll")]
    [InlineData("sim run", "edgewise sim run maze")]
    [InlineData("sim run-all", "edgewise sim run-all --assembly bin/Tests.dll")]
    [InlineData("sim replay", "edgewise sim replay maze 1 '12@8836 -> 40@77'")]
    public void The_help_of_a_command_ends_with_an_example(string command, string example)
    {
        CommandRun run = CommandRun.Of([.. command.Split(' '), "--help"]);

        Assert.Equal((0, []), (run.ExitCode, run.Errors));
        Assert.Contains(example, run.Output[run.Output.IndexOf("Example:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_assembly_the_examples_are_listed_with_the_bugs_that_they_plant()
    {
        CommandRun run = CommandRun.Of("sim", "list");

        Assert.Equal((0, []), (run.ExitCode, run.Errors));
        Assert.Contains(run.Output.Split('\n'), line => line.StartsWith("maze ", StringComparison.Ordinal) && line.EndsWith(", plants 'maze bug'", StringComparison.Ordinal));
        Assert.Contains(run.Output.Split('\n'), line => line.StartsWith("lock-service-fixed ", StringComparison.Ordinal) && !line.Contains("plants", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new[] { "calm" }, new[] { "calm" })]
    [InlineData(new[] { "bloc", "CALM" }, new[] { "blocks", "calm" })]
    [InlineData(new[] { "*s-*state", "o*" }, new[] { "keeps-state", "orders-by-hash", "overflows-stack" })]
    public void A_filter_is_a_name_or_a_glob_or_a_part_of_names(string[] filters, string[] expected)
    {
        CommandRun run = CommandRun.Of(["sim", "list", .. filters, "--assembly", Bad, "--json", "-"]);

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(expected, json.RootElement.GetProperty("simulations").EnumerateArray().Select(simulation => simulation.GetProperty("name").GetString()));
    }

    [Fact]
    public void A_name_means_itself_and_not_what_it_is_a_part_of()
    {
        CommandRun run = CommandRun.Of("sim", "list", "lock-service");

        Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void An_unknown_simulation_is_told_with_the_nearest_names()
    {
        CommandRun run = CommandRun.Of("sim", "run", "clam", "hungs", "--assembly", Bad);
        CommandRun replay = CommandRun.Of("sim", "replay", "clam", "1", "--assembly", Bad);

        Assert.Equal((1, 1), (run.ExitCode, replay.ExitCode));
        Assert.Equal([$"edgewise: {Bad}: no simulation 'clam'; did you mean calm?", $"edgewise: {Bad}: no simulation 'hungs'; did you mean hangs?"], run.Errors);
        Assert.Equal(run.Errors[0], Assert.Single(replay.Errors));
    }

    [Fact]
    public void An_assembly_without_simulations_and_one_that_is_missing_are_named()
    {
        using var folder = new TemporaryFolder();
        string other = typeof(Edgewise.Hosting.HostingException).Assembly.Location, text = folder.Write("text.dll", "no assembly");

        Assert.Contains($"{other}: no simulations; expected classes marked [Simulation(\"name\")]", Assert.Single(CommandRun.Of("sim", "list", "--assembly", other).Errors), StringComparison.Ordinal);
        Assert.Contains("missing.dll: there is no such file", Assert.Single(CommandRun.Of("sim", "run", "--assembly", folder.At("missing.dll")).Errors), StringComparison.Ordinal);
        Assert.Contains("text.dll: is not a PE image", Assert.Single(CommandRun.Of("sim", "run-all", "--assembly", text).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        using var folder = new TemporaryFolder();

        CommandRun run = CommandRun.Of(
            "sim", "run", "clam", "--assembly", Bad, "--seed", "one", "--iterations", "0", "--runs", "many", "--time", "soon", "--engine", "turbo", "--strategy", "luck", "--workers", "-1",
            "--deadline", "0s", "--memory", "lots", "--lookahead", "0", "--json", folder.At("nowhere", "a.json"), "--save-history", folder.Path, "--load-history", folder.At("none"));

        Assert.Equal(1, run.ExitCode);
        foreach (string part in (string[])["--seed: 'one'", "--iterations: '0'", "--runs: 'many'", "--time: 'soon'", "--engine: 'turbo' is not known; known are replay, workers, fork", "--strategy: 'luck'", "--workers: '-1'", "--deadline: '0s'", "--memory: 'lots'", "--lookahead: '0'", "a.json: there is no folder", "--save-history", "--load-history", "did you mean calm?"])
        {
            Assert.Single(run.Errors, line => line.StartsWith("edgewise: ", StringComparison.Ordinal) && line.Contains(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Several_workers_need_an_engine_that_has_them() =>
        Assert.Contains("--workers: the replay engine has one process", CommandRun.Of("sim", "run", "calm", "--assembly", Bad, "--workers", "3").Errors[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("12", "recipe, step 1 at character 1, '12': expected count@seed, as in 151@8836")]
    [InlineData("1@2 -> x@3", "recipe, step 2 at character 7, 'x@3': expected a count of draws before '@'")]
    [InlineData("1@2 -> 3@x", "recipe, step 2 at character 7, '3@x': expected a seed behind '@'")]
    public void A_recipe_that_does_not_parse_is_told_with_its_place(string recipe, string expected)
    {
        CommandRun run = CommandRun.Of("sim", "replay", "calm", "not a seed", recipe, "--assembly", Bad);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Errors, line => line.Contains(expected, StringComparison.Ordinal));
        Assert.Contains(run.Errors, line => line.Contains("SEED: 'not a seed' is no seed", StringComparison.Ordinal));
    }

    [Fact]
    public void The_examples_stand_beside_the_command() => Assert.True(File.Exists(SimulationSource.ExamplesPath), SimulationSource.ExamplesPath);

    private static string BadPath()
    {
        // artifacts/bin/<project>/<configuration>/
        string own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return Path.GetFullPath(Path.Combine(own, "..", "..", "BadSimulations", Path.GetFileName(own), "BadSimulations.dll"));
    }
}
