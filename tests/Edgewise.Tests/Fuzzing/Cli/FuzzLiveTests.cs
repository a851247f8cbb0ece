using Edgewise.Cli.Rendering.Fuzz;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Tests.Fuzzing.Cli;

public sealed class FuzzLiveTests
{
    private static readonly FuzzFigures Figures = new()
    {
        Target = "packet",
        Status = new CampaignStatus
        {
            Executions = 12_345_678,
            CompareExecutions = 370_370,
            Covered = 41,
            Points = 120,
            Unstable = 2,
            Features = 230,
            Entries = 57,
            EntryBytes = 1430,
            Rejections = 9_876_543,
            MeanLength = 24.25,
            LastNews = 11_000_000,
        },
        Rate = 1_234_567,
        Findings = 2,
        LastFinding = "System.DivideByZeroException: Attempted to divide by zero.\u001b[2J",
        SinceLastEdge = TimeSpan.FromSeconds(3.5),
        Stages = [new("ChangeBit", 4000, 3), new("InputToState", 0, 21), new("CrossOver", 5000, 21), new("EraseBytes", 5000, 0)],
        Memory = 88L << 20,
        Elapsed = TimeSpan.FromSeconds(12),
    };

    [Fact]
    public void A_campaign_that_goes_on_shows_where_it_stands() => Assert.Equal(Golden("live.txt"), FuzzLive.Render(Figures).ToText(hasColour: false));

    [Fact]
    public void A_campaign_that_has_just_begun_shows_that_there_is_nothing_yet()
    {
        string text = FuzzLive.Render(new FuzzFigures { Target = "packet", Status = new CampaignStatus(), Rate = 0, Elapsed = TimeSpan.Zero }).ToText(hasColour: false);

        Assert.Contains("  Findings     none\n", text, StringComparison.Ordinal);
        Assert.Contains("  Yields       none yet\n", text, StringComparison.Ordinal);
        Assert.Contains("0 of 0", text, StringComparison.Ordinal);
    }

    private static string Golden(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fuzzing", "Cli", "Golden", name));
}
