using System.Diagnostics;
using System.Globalization;
using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Fuzzing;

/// <summary>Many deaths leave nothing behind. <c>EDGEWISE_SOAK=1</c> takes a thousand crashes and a hundred kills, which takes a quarter of an hour; without it there are fewer.</summary>
public sealed class SoakTests
{
    private const int KillSignal = 9;
    private const int CrashesPerCampaign = 25;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("EDGEWISE_SOAK") == "1";

    [Fact]
    [Trait("Category", "Long")]
    public void Crashes_and_kills_leave_no_file_no_shared_memory_and_no_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks into /proc");
        int crashes = IsLong ? 1000 : CrashesPerCampaign, kills = IsLong ? 100 : 5;
        using var folder = new FuzzFolder();
        string[] segments = Segments();
        List<int> campaigns = [];
        var random = new Random(crashes);

        int deaths = 0;
        for (int seed = 1; deaths < crashes; seed++)
        {
            using ChildProcess campaign = Start(folder, TestPrograms.Fuzzed, "ends", $"-seed={seed}", "-ignore_crashes=1", "-runs=2000", "-timeout=1", "--json", "-");
            campaigns.Add(campaign.Id);
            campaign.WaitForEnd();
            using var json = System.Text.Json.JsonDocument.Parse(campaign.Output);
            int processes = json.RootElement.GetProperty("processes").GetInt32();
            Assert.True(processes > 1, campaign.Error);
            deaths += processes - 1;
        }

        for (int kill = 0; kill < kills; kill++)
        {
            using ChildProcess campaign = Start(folder, TestPrograms.FuzzTargets, "json-reader", "corpus", "-create_missing_dirs=1", "-seed=1", "-ignore_crashes=1");
            campaigns.Add(campaign.Id);
            // Shared memory has a name for a few milliseconds of a campaign's start; one that is killed just then leaves it.
            Wait(() => campaign.Error.Contains("INITED", StringComparison.Ordinal) || campaign.Error.Contains("goes on", StringComparison.Ordinal));
            Thread.Sleep(random.Next(0, 1500));
            campaign.Signal(KillSignal);
            campaign.WaitForEnd();
        }

        Wait(() => campaigns.TrueForAll(id => ChildrenOf(id).Length == 0 && !IsThere(id)));
        Assert.Equal(segments, Segments());
        Assert.Empty(campaigns.SelectMany(SharedFilesOf));
        Assert.All(campaigns, id => Assert.False(IsThere(id), $"process {id}"));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Temporary));
        Assert.Empty(Directory.EnumerateFiles(folder.At("corpus"), "*.tmp", SearchOption.AllDirectories));
    }

    // .NET leaves pipes for debuggers behind where a process is killed.
    private static ChildProcess Start(FuzzFolder folder, string program, string target, params string[] arguments) => ChildProcess.Start(
        [TestPrograms.Edgewise, "fuzz", program, .. arguments, "--method", target], folder.Path, ("NO_COLOR", "1"), ("TMPDIR", folder.Temporary), ("DOTNET_EnableDiagnostics", "0"));

    // Those of System V; other tests have programs that make some, so they are compared only where this is the only one.
    private static string[] Segments() => IsLong ? [.. ((string[])["shm", "sem", "msg"]).SelectMany(name => File.ReadLines($"/proc/sysvipc/{name}"))] : [];

    private static IEnumerable<string> SharedFilesOf(int campaign) => Directory.EnumerateFiles("/dev/shm", $"edgewise-*-{campaign.ToString(CultureInfo.InvariantCulture)}-*");

    private static bool IsThere(int id) => Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}"));

    // A process whose parent was killed belongs to another one, so it is told by its group.
    private static string[] ChildrenOf(int group) =>
    [
        .. Directory.GetDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)).Where(path =>
        {
            try
            {
                string status = File.ReadAllText(Path.Combine(path, "stat"));
                return status[(status.LastIndexOf(')') + 2)..].Split(' ')[2] == group.ToString(CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                return false;
            }
        }),
    ];

    private static void Wait(Func<bool> isSo)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), "a process of a campaign is still there");
            Thread.Sleep(50);
        }
    }
}
