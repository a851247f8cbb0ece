using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Edgewise.Cli.Commands.Sim;
using Edgewise.Cli.Rendering.Sim;

namespace Edgewise.Tests.Cli.Sim;

public sealed partial class SimReportTests
{
    [Theory]
    [InlineData("bugs")]
    [InlineData("planted")]
    [InlineData("nondeterministic")]
    public void A_report_reads_as_its_golden_file(string name) => Assert.Equal(Golden($"{name}.txt"), SimReport.Render(Sample(name)).ToText(hasColour: false));

    [Fact]
    public void A_terminal_gets_the_same_text_in_colour()
    {
        string coloured = SimReport.Render(SampleReports.WithBugs()).ToText(hasColour: true);

        Assert.Equal(Golden("bugs.ansi.txt"), coloured.Replace('\u001b', '␛'));
        Assert.Equal(Golden("bugs.txt"), Colours().Replace(coloured, ""));
    }

    [Fact]
    public void Several_simulations_end_with_a_count()
    {
        string text = SimSummary.Render([SampleReports.WithBugs(), SampleReports.WithPlantedBug(), SampleReports.Nondeterministic()], wanted: 4).ToText(hasColour: false);

        Assert.Equal(Golden("summary.txt"), text);
    }

    [Fact]
    public void A_search_that_goes_on_shows_where_it_stands()
    {
        LiveFigures figures = new()
        {
            Simulation = "bank",
            Iteration = 1,
            Iterations = 3,
            Runs = 12_345,
            SeedRuns = 2345,
            MostSeedRuns = 10_000,
            Bugs = 1,
            LastBug = "always: the sum stays",
            States = 40,
            SpentStates = 30,
            Depth = 7,
            Edges = 60,
            CoveredEdges = 15,
            Elapsed = TimeSpan.FromSeconds(4),
        };

        Assert.Equal(Golden("live.txt"), SimLive.Render(figures).ToText(hasColour: false));
        Assert.Equal("bank: root seed 2 of 3: 12,345 timelines (3,086/s), 1 bug, 40 states, depth 7, 15 of 60 edges", SimLive.Line(figures));
        Assert.Equal(
            "bank: root seed 2: 12,345 timelines (3,086/s), no bug, 500 left, pool 0",
            SimLive.Line(figures with { Bugs = 0, Iterations = null, EnergyLeft = 500, Edges = 0 }));
        Assert.Contains("  Timelines    12,345, shortening: 1 run\n", SimLive.Render(figures with { ShorteningRuns = 1 }).ToText(hasColour: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_without_colour_has_no_control_codes_whatever_names_hold()
    {
        string text = SimReport.Render(SampleReports.WithBugs()).ToText(hasColour: false);

        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("an account waits\\u001b[2J in", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_has_every_counter_and_the_timelines_of_bugs()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            SimJson.Write(json, SampleReports.WithBugs());
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        JsonElement root = document.RootElement;
        Assert.Equal((9000, 12, 2345, 1234), (Number(root, "runs"), Number(root, "locationRuns"), Number(root, "shorteningRuns"), Number(root, "runsToFirstBug")));
        Assert.Equal((6, 3, 1), (Number(root, "edges"), Number(root, "coveredEdges"), Number(root, "maskedEdges")));
        JsonElement bug = root.GetProperty("bugs")[0];
        Assert.Equal("27@15", bug.GetProperty("best").GetProperty("recipe").GetString());
        Assert.Equal(["7@11 -> 20@12 -> 3@13", "7@11 -> 21@14"], bug.GetProperty("timelines").EnumerateArray().Select(timeline => timeline.GetProperty("recipe").GetString()));
        Assert.Equal(["0123456789abcdef", "0000000000000007"], root.GetProperty("seeds").EnumerateArray().Select(seed => seed.GetProperty("fingerprint").GetString()));
        Assert.Equal("18446744073709551615", root.GetProperty("seeds")[1].GetProperty("seed").GetString());
        Assert.Equal(8, root.GetProperty("properties").GetArrayLength());
        Assert.Equal(("stable", 1), (root.GetProperty("end").GetString(), Number(root, "exitCode")));
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static SimulationResult Sample(string name) => name switch
    {
        "bugs" => SampleReports.WithBugs(),
        "planted" => SampleReports.WithPlantedBug(),
        _ => SampleReports.Nondeterministic(),
    };

    private static string Golden(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cli", "Sim", "Golden", name), Encoding.UTF8).ReplaceLineEndings("\n");

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colours();
}
