using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Edgewise.Fuzzing.Afl;
using Edgewise.IntegrationTests.Run;

namespace Edgewise.IntegrationTests.Afl;

/// <summary>AFL++'s tools take a launcher for a program of their own compiler's.</summary>
[SupportedOSPlatform("linux")]
[Collection("AFL++")]
public sealed class AflToolTests(AflTools tools) : IClassFixture<AflTools>
{
    private const int Crash = 2;

    [Fact]
    public void A_crash_behind_three_bytes_is_found_in_seconds_and_shows_again_by_hand()
    {
        AflTools.Need();

        (string output, IReadOnlyList<byte[]> crashes) = tools.FuzzUntilCrash("steps", "steps", "aaaa", seconds: 60);

        Assert.True(crashes.Count > 0, output);
        Assert.Equal("bug", Encoding.Latin1.GetString(crashes[0], 0, 3));
        Assert.Contains("Persistent mode binary detected", output, StringComparison.Ordinal);
        Assert.Contains("SHARED MEMORY FUZZING", output, StringComparison.Ordinal);
        Assert.Contains("autodictionary entries", output, StringComparison.Ordinal);
        (string trace, int code) = tools.Run(tools.Launcher("steps"), "bug", []);
        Assert.Equal(128 + 6, code);
        Assert.Contains("InvalidOperationException: three bytes", trace, StringComparison.Ordinal);
        Assert.Contains("AflTargets.cs:line", trace, StringComparison.Ordinal);
    }

    [Fact]
    public void CmpLog_solves_what_coverage_alone_does_not()
    {
        AflTools.Need();

        (string plain, IReadOnlyList<byte[]> none) = tools.FuzzUntilCrash("magic", "plain", "aaaaaaaaaaaa", seconds: 4);
        (string compared, IReadOnlyList<byte[]> crashes) = tools.FuzzUntilCrash("magic", "cmplog", "aaaaaaaaaaaa", seconds: 60, "-c", "0");
        (string words, IReadOnlyList<byte[]> spelled) = tools.FuzzUntilCrash("word", "word", "aaaaaaaaaaaa", seconds: 60, "-c", "0");

        Assert.True(none.Count == 0, plain);
        Assert.True(crashes.Count > 0, compared);
        Assert.Equal(0x4ae71f25c90d83b6u, BitConverter.ToUInt64(crashes[0]));
        Assert.True(spelled.Count > 0, words);
        Assert.StartsWith("exorations", Encoding.Latin1.GetString(spelled[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x", Crash, "an exception")]
    [InlineData("e", 0, "an exception that is an answer")]
    [InlineData("s", Crash, "a stack overflow")]
    [InlineData("f", Crash, "FailFast")]
    [InlineData("t", Crash, "an exception on another thread")]
    [InlineData("q", 0, "an exit, which is none to AFL++")]
    [InlineData("w", 0, "a run that takes long")]
    [InlineData("z", 0, "a return")]
    public void Each_end_is_told_and_leaves_its_coverage_behind(string input, int expected, string end)
    {
        AflTools.Need();
        string map = tools.At($"ends.{input}");

        (string output, int code) = tools.Run("afl-showmap", input, ["-q", "-r", "-t", "20000", "-o", map, "--", tools.Launcher("deaths")]);

        Assert.True(code == expected, $"{end}: {output}");
        // Two inputs that end differently take different edges, whatever the end.
        Assert.True(File.ReadAllLines(map).Length >= 2, end);
        File.WriteAllText(tools.At($"ends-{input}.txt"), input);
        tools.Run("afl-showmap", "", ["-q", "-r", "-t", "20000", "-o", map + ".file", "--", tools.Launcher("deaths"), tools.At($"ends-{input}.txt")]);
        Assert.Equal(File.ReadAllLines(map)[..2], File.ReadAllLines(map + ".file")[..2]);
    }

    [Fact]
    public void After_deaths_of_every_kind_the_next_input_runs_as_ever_and_nothing_is_left()
    {
        AflTools.Need();
        int order = 0;
        foreach (string input in "sfqwtxehz".Select(letter => letter.ToString()))
        {
            tools.Write($"mixed/{order++}{input}", input);
        }

        string launcher = tools.Launcher("deaths");
        (int segments, int files) = (Segments(), SharedFiles());

        (string output, int code) = tools.Run("afl-showmap", "", ["-r", "-t", "400", "-i", tools.At("mixed"), "-o", tools.At("mixed.maps"), "--", launcher]);

        Assert.True(code == 0, output);
        tools.Run("afl-showmap", "z", ["-q", "-r", "-t", "20000", "-o", tools.At("z.alone"), "--", launcher]);
        Assert.Equal(File.ReadAllLines(tools.At("z.alone")), File.ReadAllLines(tools.At("mixed.maps/8z")));
        // A worker that is killed leaves its coverage: the three edges of a recursion without an end.
        Assert.Equal(3, File.ReadAllLines(tools.At("mixed.maps/0s")).Length);
        Assert.Empty(AflTools.Left(launcher));
        Assert.Equal((segments, files), (Segments(), SharedFiles()));
    }

    [Fact]
    public void Raw_counts_are_those_of_the_counters_and_do_not_go_round_to_zero()
    {
        AflTools.Need();
        string input = ((char)77).ToString();
        var settings = new AflSettings { TargetPath = TestPrograms.Fuzzed, Method = "loops", Assemblies = "Fuzzed" };
        var target = AflTarget.Load(settings, null, logsCompares: false);
        // The class constructor's edges are counted in the first run of a process, as in the tool's.
        target.Run(Encoding.Latin1.GetBytes(input), out _);
        byte[] counters = target.Images.Context.Counters().ToArray();

        tools.Run("afl-showmap", input, ["-q", "-r", "-t", "20000", "-o", tools.At("loops.map"), "--", tools.Launcher("loops")]);

        string[] expected = [.. counters.Index().Where(counter => counter.Item > 0)
            .Select(counter => string.Create(CultureInfo.InvariantCulture, $"{counter.Index:000000}:{counter.Item}"))];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, File.ReadAllLines(tools.At("loops.map")));
    }

    [Fact]
    public void A_corpus_and_a_crash_are_made_smaller_and_analysed()
    {
        AflTools.Need();
        foreach (string input in (string[])["a", "aa", "b", "bb", "bu", "buzz", "abu"])
        {
            tools.Write($"corpus/{input}", input);
        }

        string launcher = tools.Launcher("steps");

        (string minimised, int code) = tools.Run("afl-cmin", "", ["-t", "20000", "-i", tools.At("corpus"), "-o", tools.At("corpus.small"), "--", launcher]);

        Assert.True(code == 0, minimised);
        // One for each way through the target; of inputs of one size the last.
        Assert.Equal(["abu", "b", "buzz"], Directory.GetFiles(tools.At("corpus.small")).Select(Path.GetFileName).Order());
        tools.Write("crash", "bug with much behind it");
        (string shortened, code) = tools.Run("afl-tmin", "", ["-t", "20000", "-i", tools.At("crash"), "-o", tools.At("crash.small"), "--", launcher]);
        Assert.True(code == 0, shortened);
        Assert.Equal("bug", File.ReadAllText(tools.At("crash.small")));
        tools.Write("analysed", "buzzzz");
        (string analysed, code) = tools.Run("afl-analyze", "", ["-t", "20000", "-i", tools.At("analysed"), "--", launcher]);
        Assert.True(code == 0, analysed);
        Assert.Contains("Interesting bits: 33.33%", analysed, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void A_hundred_deaths_and_a_campaign_of_all_kinds_leave_nothing_behind()
    {
        AflTools.Need();
        const int Deaths = 100;
        for (int i = 0; i < Deaths; i++)
        {
            tools.Write($"deaths/{i:000}", i % 2 == 0 ? "s" : "f");
        }

        tools.Write("deaths/999", "z");
        string launcher = tools.Launcher("deaths");
        (int segments, int files) = (Segments(), SharedFiles());

        (string output, int code) = tools.Run("afl-showmap", "", ["-r", "-t", "20000", "-i", tools.At("deaths"), "-o", tools.At("deaths.maps"), "--", launcher]);

        Assert.True(code == 0, output);
        Assert.Equal(Deaths + 1, Directory.GetFiles(tools.At("deaths.maps")).Length);
        tools.Write("all.in/seed", "zzz");
        (string campaign, _) = tools.Run("afl-fuzz", "", ["-i", tools.At("all.in"), "-o", tools.At("all.out"), "-t", "300", "-V", "30", "--", launcher]);
        // An exception, an overflow, FailFast; a thread's exception comes seldom, as each exit and hang costs a start.
        Assert.True(tools.Found("all.out", "crashes").Length >= 2, campaign);
        Assert.True(tools.Found("all.out", "hangs").Length >= 1, campaign);
        Assert.Empty(AflTools.Left(launcher));
        Assert.Equal((segments, files), (Segments(), SharedFiles()));
        Assert.Empty(Directory.GetFileSystemEntries(tools.TemporaryFolder));
    }

    private static int Segments() => File.ReadAllLines("/proc/sysvipc/shm").Length;

    private static int SharedFiles() => Directory.GetFiles("/dev/shm", "edgewise-afl*").Length;
}
