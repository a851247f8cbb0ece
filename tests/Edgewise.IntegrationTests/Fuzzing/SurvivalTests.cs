using System.Text.RegularExpressions;
using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Fuzzing;

/// <summary>Campaigns that are killed from outside, at any time.</summary>
public sealed partial class SurvivalTests : IDisposable
{
    private const int KillSignal = 9;

    private readonly string _folder = Directory.CreateTempSubdirectory("edgewise-survival").FullName;

    private string Corpus => Path.Combine(_folder, "corpus");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("packet", false)]
    [InlineData("json-reader", true)]
    public void A_campaign_that_is_killed_loses_no_entry_and_no_finding(string target, bool killsWorker) => Kill(target, 2, killsWorker);

    [Fact]
    [Trait("Category", "Long")]
    public void A_campaign_that_is_killed_twenty_times_loses_no_entry() => Kill("json-reader", 20, killsWorker: false);

    private void Kill(string target, int kills, bool killsWorker)
    {
        Directory.CreateDirectory(Corpus);
        List<int> campaigns = [];
        var random = new Random(kills);
        int features = 0;
        HashSet<string> artifacts = [];
        for (int i = 0; i < kills; i++)
        {
            using ChildProcess campaign = Start(target, "-seed=5", "-ignore_crashes=1");
            campaigns.Add(campaign.Id);
            Await(() => campaign.Error.Contains("INITED", StringComparison.Ordinal) || campaign.Error.Contains("goes on", StringComparison.Ordinal));
            Thread.Sleep(random.Next(300, 1500));
            if (killsWorker)
            {
                KillWorkersOf(campaign.Id);
                Thread.Sleep(1000);
            }

            campaign.Signal(KillSignal);
            campaign.WaitForEnd();
            features = Math.Max(features, FeaturesOf(campaign.Error));
            artifacts.UnionWith(Written().Matches(campaign.Error).Select(match => match.Groups[1].Value));
        }

        // A new campaign that knows nothing but the corpus.
        File.Delete(Path.Combine(Corpus, ".edgewise", "campaign"));
        using ChildProcess last = Start(target, "-seed=6", "-runs=0");
        last.WaitForEnd();

        Assert.True(features > 0);
        Assert.True(FeaturesOf(last.Error) >= features, $"{features} features before, {FeaturesOf(last.Error)} of the corpus:\n{last.Error}");
        Assert.Equal(target == "packet", artifacts.Count > 0);
        Assert.All(artifacts, path => Assert.True(File.Exists(path), path));
        Assert.Empty(campaigns.SelectMany(SharedFilesOf));
        Assert.Empty(Directory.EnumerateFiles(Corpus, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_same_seed_gives_the_same_log()
    {
        string[] flags = ["-seed=11", "-runs=10000", "-ignore_crashes=1"];
        string[] first = Lines(flags), second = Lines(flags);

        Assert.True(first.Length > 5);
        Assert.Equal(first, second);
    }

    // By the process that made them: other tests fuzz at the same time.
    private static IEnumerable<string> SharedFilesOf(int campaign) => Directory.Exists("/dev/shm") ? Directory.EnumerateFiles("/dev/shm", $"edgewise-*-{campaign}-*") : [];

    private static int FeaturesOf(string log) => FeaturesField().Matches(log).Select(match => int.Parse(match.Groups[1].Value, null)).DefaultIfEmpty(0).Max();

    private static void KillWorkersOf(int parent)
    {
        foreach (string children in Directory.EnumerateDirectories($"/proc/{parent}/task").Select(task => File.ReadAllText(Path.Combine(task, "children"))))
        {
            foreach (string child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                ChildProcess.Signal(ChildProcess.Number(child), KillSignal);
            }
        }
    }

    private static void Await(Func<bool> condition)
    {
        for (long start = Environment.TickCount64; !condition(); Thread.Sleep(10))
        {
            Assert.True(Environment.TickCount64 - start < 60_000, "the campaign did not begin within a minute");
        }
    }

    // All that is told of the search itself: what time and memory it took is another thing each time, and how soon there is a pulse.
    private string[] Lines(string[] flags)
    {
        using ChildProcess campaign = ChildProcess.Start([TestPrograms.Edgewise, "fuzz", TestPrograms.FuzzTargets, "--method", "json-reader", $"-artifact_prefix={_folder}/", .. flags], null, ("NO_COLOR", "1"));
        campaign.WaitForEnd();
        return [.. campaign.Error.Split('\n').Where(line => line.StartsWith('#') && !line.Contains("\tpulse", StringComparison.Ordinal)).Select(line => Figures().Replace(line, ""))];
    }

    private ChildProcess Start(string target, params string[] flags) => ChildProcess.Start(
        [TestPrograms.Edgewise, "fuzz", TestPrograms.FuzzTargets, Corpus, "--method", target, $"-artifact_prefix={_folder}/", .. flags], null, ("NO_COLOR", "1"));

    [GeneratedRegex(@" ft: (\d+) ")]
    private static partial Regex FeaturesField();

    [GeneratedRegex(@"Test unit written to (\S+)")]
    private static partial Regex Written();

    [GeneratedRegex(@"exec/s: \d+ rss: \d+Mb")]
    private static partial Regex Figures();
}
