using System.Xml.Linq;
using Edgewise.Cli.Rendering.Diffcov;
using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.OverTime;
using Edgewise.Showmap.Differential.Reading;
using Edgewise.Tests.Cli;

namespace Edgewise.Tests.Showmap.Differential;

public sealed class CoverageOverTimeTests
{
    private const string Uuid = "8c7d6f20-1b2a-4c3d-9e8f-001122334455";

    [Theory]
    [InlineData($"trial-1__{Uuid}-1700000000", "trial-1", 1.7e9, false)]
    [InlineData($"a__b__{Uuid}-1700000000", "a__b", 1.7e9, false)]
    [InlineData("t__id:000001,src:000000,time:2500,execs:77,op:havoc", "t", 2.5, true)]
    [InlineData("t__entry-1700000000123", "t", 1.700000000123e9, false)]
    [InlineData("t__entry__more-1700000000", "t", 1.7e9, false)]
    [InlineData("t__entry", "t", null, false)]
    [InlineData("t__entry-17", "t", null, false)]
    public void Names_tell_the_trial_and_the_time(string stem, string trial, double? seconds, bool sinceStart) =>
        Assert.Equal(new EntryName(trial, seconds, sinceStart), EntryName.Parse(stem));

    [Theory]
    [InlineData("trial")]
    [InlineData("__entry")]
    [InlineData("trial__")]
    [InlineData("_")]
    public void Other_names_are_no_entries(string stem) => Assert.Null(EntryName.Parse(stem));

    [Fact]
    public void Any_name_is_an_entry_or_is_not()
    {
        Random random = new(5);
        string letters = $"_-:,.09atime{Uuid}\U0001F600";
        for (int i = 0; i < 5000; i++)
        {
            EntryName? name = EntryName.Parse(string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => letters[random.Next(letters.Length)])));
            Assert.True(name is null || (name.Value.Trial.Length > 0 && name.Value.Seconds is not < 0));
        }
    }

    [Fact]
    public void Entries_of_a_trial_are_united_in_the_order_of_their_times()
    {
        using CampaignFiles files = PerInput();

        Campaign campaign = files.Read(isPerInput: true, EntryTimes.Name);

        Assert.Equal(["t1", "t2"], campaign.Approaches[0].Trials.Select(static trial => trial.Name));
        Assert.Equal(new (double, int)[] { (0, 2), (60, 3) }, campaign.Approaches[0].Trials[0].Growth!.Steps);
        Assert.Equal((0, 2, 2, 3), (At(-1), At(0), At(59), At(60)));
        BandPoint end = CoverageBand.Of(campaign)[0].Points[^1];
        Assert.Equal(new BandPoint(100, 3.25, 3.5, 3.75), end);

        int At(double seconds) => campaign.Approaches[0].Trials[0].Growth!.At(seconds);
    }

    [Fact]
    public void Without_the_option_every_file_is_a_trial_and_a_note_says_so()
    {
        using CampaignFiles files = PerInput();

        CommandRun run = CommandRun.Of("diffcov", "reliability", files.Folder);

        Assert.Equal("fuzzer: 0.50000\n", run.Output);
        Assert.Contains("--per-input", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Equal("fuzzer: 0.87500\n", CommandRun.Of("diffcov", "--per-input", "reliability", files.Folder).Output);
    }

    [Fact]
    public void The_plot_is_well_formed_and_stays_within_its_frame()
    {
        using CampaignFiles files = PerInput().Add($"<b>&\"x\"/t1__{Uuid}-1700000007.txt", "1:1\n");
        string plot = files.Folder + ".svg";

        CommandRun run = CommandRun.Of("diffcov", "stats", files.Folder, "--per-input", "--plot", plot);

        Assert.Equal((0, 0), (run.ExitCode, run.Errors.Count));
        XDocument svg = XDocument.Load(plot);
        XNamespace space = "http://www.w3.org/2000/svg";
        Assert.Equal(["<b>&\"x\"", "fuzzer"], svg.Descendants(space + "title").Select(static title => title.Value));
        Assert.Equal(4, svg.Descendants(space + "path").Count());
        Assert.All(svg.Descendants(space + "path"), static path =>
            Assert.All(path.Attribute("d")!.Value.Split(' ').Where(static part => part.Length > 1), static part => Assert.InRange(double.Parse(part, System.Globalization.CultureInfo.InvariantCulture), 0, 960)));
        File.Delete(plot);
    }

    [Fact]
    public void What_tells_no_time_is_named_and_a_files_time_can_stand_in()
    {
        using CampaignFiles files = new CampaignFiles().Add("a/t__first.txt", "1:1\n").Add("a/t__second.txt", "1:1\n2:1\n");
        string plot = files.Folder + ".svg";

        CommandRun refused = CommandRun.Of("diffcov", "stats", files.Folder, "--per-input", "--plot", plot);
        Assert.Equal(2, refused.Errors.Count);
        Assert.Contains("t__first.txt: its name does not tell when", refused.Errors[0], StringComparison.Ordinal);
        Assert.False(File.Exists(plot));

        File.SetLastWriteTimeUtc(files.At("a/t__first.txt"), DateTime.UnixEpoch.AddSeconds(1000));
        File.SetLastWriteTimeUtc(files.At("a/t__second.txt"), DateTime.UnixEpoch.AddSeconds(1090));
        Assert.Equal(new (double, int)[] { (0, 1), (90, 2) }, files.Read(isPerInput: true, EntryTimes.Modified).Approaches[0].Trials[0].Growth!.Steps);
        Assert.Contains("--per-input", Assert.Single(CommandRun.Of("diffcov", "stats", files.Folder, "--plot", plot).Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, "seconds", "0 20 40 60 80 100")]
    [InlineData(7200, "hours", "0 0.5 1 1.5 2")]
    [InlineData(0, "seconds", "0 0.2 0.4 0.6 0.8 1")]
    public void Axes_have_round_ticks(double end, string unit, string ticks)
    {
        PlotAxis axis = PlotAxis.OfSeconds(end);

        Assert.Equal((unit, ticks), (axis.Unit.Name, string.Join(' ', axis.Ticks.Select(PlotAxis.Label))));
    }

    private static CampaignFiles PerInput() => new CampaignFiles()
        .Add($"fuzzer/t1__{Uuid[..^1]}1-1700000000.txt", "1:1\n2:1\n").Add($"fuzzer/t1__{Uuid[..^1]}2-1700000060.txt", "2:1\n3:2\n")
        .Add($"fuzzer/t2__{Uuid[..^1]}1-1700009000.txt", "1:1\n").Add($"fuzzer/t2__{Uuid[..^1]}2-1700009100.txt", "2:1\n3:1\n4:1\n").Add($"fuzzer/t2__{Uuid[..^1]}3-1700009050.txt", "1:3\n");
}
