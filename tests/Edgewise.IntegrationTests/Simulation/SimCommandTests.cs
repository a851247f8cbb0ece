using System.Text.Json;
using System.Text.RegularExpressions;
using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Simulation;

public sealed partial class SimCommandTests
{
    [Fact]
    public void The_maze_is_searched_until_its_bug_is_found_and_the_command_that_the_report_gives_shows_it_again()
    {
        SimRun run = SimRun.Of("run", "maze");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("✓ passed: the bug that it plants was found in timeline ", run.Output, StringComparison.Ordinal);
        Assert.Contains("a replay in another process showed it too", run.Output, StringComparison.Ordinal);
        Match command = Command().Match(run.Output);
        SimRun replay = SimRun.Of("replay", "maze", command.Groups["seed"].Value, command.Groups["recipe"].Value);
        Assert.Equal((77, ""), (replay.ExitCode, replay.Error));
        Assert.Contains("✗ property violated  always: maze bug: all 4 locks opened", replay.Output, StringComparison.Ordinal);
        Assert.Contains("a run in another process was the same", replay.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Workers_search_the_timelines_that_replay_searches() => AssertSearchesTheSame("workers", "3", "200");

    [Fact]
    [Trait("Category", "Long")]
    public void Forked_processes_search_the_timelines_that_replay_searches()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "forking needs Linux");

        AssertSearchesTheSame("fork", "2", "40");
    }

    [Fact]
    public void The_json_names_edges_runs_and_properties_and_goes_to_a_file_beside_the_report()
    {
        using var folder = new CoverageFolder();
        string file = Path.Combine(folder.Path, "result.json");

        SimRun run = SimRun.Of("run", "all-properties", "--assembly", TestPrograms.BadSimulations, "--iterations", "2", "--json", file);

        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonElement root = document.RootElement, simulation = root.GetProperty("simulations")[0];
        Assert.Equal((1, "sim run", 64), (root.GetProperty("version").GetInt32(), root.GetProperty("command").GetString(), root.GetProperty("build").GetString()!.Length));
        Assert.InRange(simulation.GetProperty("coveredEdges").GetInt32(), 2, simulation.GetProperty("edges").GetInt32() - 1);
        // The simulation says itself that it needs no more than 40.
        Assert.Equal([40, 40], simulation.GetProperty("seeds").EnumerateArray().Select(seed => seed.GetProperty("runs").GetInt32()));
        Assert.Equal(
            ["always", "always?", "unreachable", "num-always", "num-always", "sometimes", "reachable", "numeric", "frontier", "each"],
            simulation.GetProperty("properties").EnumerateArray().Select(property => property.GetProperty("kind").GetString()));
        Assert.Contains("━━━ Coverage gaps (2) ━", run.Output, StringComparison.Ordinal);
        Assert.Equal((77, 77), (run.ExitCode, simulation.GetProperty("exitCode").GetInt32()));
    }

    [Fact]
    public void Without_assemblies_that_count_there_are_no_edges_and_the_report_says_so()
    {
        SimRun run = SimRun.Of("run", "calm", "--assembly", TestPrograms.BadSimulations, "--iterations", "1", "--runs", "20", "--assemblies", "none", "--no-verify");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no edges: nothing is counted", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("█", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_simulations_end_with_a_count_and_the_worst_of_their_codes()
    {
        SimRun run = SimRun.Of("run", "calm", "plants-nothing", "--assembly", TestPrograms.BadSimulations, "--iterations", "1", "--runs", "5", "--no-verify");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("\n1 passed, 1 failed\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Run_all_searches_everything_whatever_goes_wrong_on_the_way()
    {
        SimRun run = SimRun.Of("run-all", "--assembly", TestPrograms.BadSimulations, "--iterations", "1", "--runs", "2", "--deadline", "500ms", "--memory", "256M", "--no-verify");

        Assert.Equal(77, run.ExitCode);
        string[] passed = [.. run.Output[run.Output.IndexOf("━━━ Summary", StringComparison.Ordinal)..].Split('\n').Where(line => line.Contains(" passed: ", StringComparison.Ordinal))];
        // Without a second process nobody sees the order of hash codes.
        Assert.Equal(["all-properties", "calm", "orders-by-hash"], passed.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        Assert.EndsWith("\n3 passed, 10 failed\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_earlier_search_knew_is_loaded_and_another_build_is_refused()
    {
        using var folder = new CoverageFolder();
        string file = Path.Combine(folder.Path, "history");
        string[] args = ["run", "calm", "--assembly", TestPrograms.BadSimulations, "--iterations", "1", "--runs", "40", "--json", "-"];

        JsonElement first = SimRun.Of([.. args, "--save-history", file]).First;
        JsonElement second = SimRun.Of([.. args, "--load-history", file]).First;
        SimRun other = SimRun.Of("run", "maze", "--load-history", file);
        SimRun damaged = SimRun.Of([.. args, "--load-history", TestPrograms.BadSimulations]);

        Assert.InRange(first.GetProperty("seeds")[0].GetProperty("new").GetInt32(), 1, int.MaxValue);
        Assert.Equal(0, second.GetProperty("seeds")[0].GetProperty("new").GetInt32());
        // The search itself is the same, whatever was known before.
        Assert.Equal(Fingerprint(first), Fingerprint(second));
        Assert.Equal((1, 1), (other.ExitCode, damaged.ExitCode));
        Assert.Matches("^edgewise: .*history: history of searches of build [0-9a-f]{64}, but what is searched now is build [0-9a-f]{64}", other.Error);
        Assert.Contains("offset 0: expected its name EWSEARCH", damaged.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_that_does_not_apply_is_told_with_the_step_that_is_never_reached()
    {
        SimRun run = SimRun.Of("replay", "calm", "1", "0@7 -> 500@8", "--assembly", TestPrograms.BadSimulations);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("edgewise: recipe, step 2, '500@8': is never reached: the run ended after 1 draw of that segment, and the step stands behind 500", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 2 steps", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_timeline_that_ends_well_is_replayed_with_code_0()
    {
        SimRun run = SimRun.Of("replay", "calm", "1", "--assembly", TestPrograms.BadSimulations, "--json", "-");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("kind").ValueKind);
        Assert.Equal((1, 0, true), (run.Json.GetProperty("draws").GetInt32(), run.Json.GetProperty("stepsReached").GetInt32(), run.Json.GetProperty("applies").GetBoolean()));
    }

    private static void AssertSearchesTheSame(string engine, string workers, string runs)
    {
        string[] args = ["run", "maze", "--seed", "5", "--iterations", "1", "--runs", runs, "--json", "-"];

        JsonElement reference = SimRun.Of(args).First, other = SimRun.Of([.. args, "--engine", engine, "--workers", workers]).First;

        Assert.Equal(("replay", engine), (Engine(reference), Engine(other)));
        Assert.Equal(ChildProcess.Number(runs), other.GetProperty("runs").GetInt32());
        Assert.Equal(reference.GetProperty("bugs").GetRawText(), other.GetProperty("bugs").GetRawText());
        Assert.Equal(reference.GetProperty("properties").GetRawText(), other.GetProperty("properties").GetRawText());
        Assert.Equal(Fingerprint(reference), Fingerprint(other));
    }

    private static string? Engine(JsonElement simulation) => simulation.GetProperty("options").GetProperty("engine").GetString();

    private static string? Fingerprint(JsonElement simulation) => simulation.GetProperty("seeds")[0].GetProperty("fingerprint").GetString();

    [GeneratedRegex("edgewise sim replay maze (?<seed>[0-9]+) '(?<recipe>[^']+)'")]
    private static partial Regex Command();
}
