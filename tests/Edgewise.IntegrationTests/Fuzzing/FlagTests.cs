namespace Edgewise.IntegrationTests.Fuzzing;

/// <summary>libFuzzer's flags that watch the time and the file system.</summary>
public sealed class FlagTests
{
    [Fact]
    public void An_input_that_takes_long_is_written_and_the_campaign_goes_on()
    {
        using var folder = new FuzzFolder();
        folder.Write("corpus/slow", "N");

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "ends", "corpus", "-runs=3", "-seed=1", "-report_slow_units=1");

        Assert.Contains("Slowest unit: 1 s:\n", run.Error, StringComparison.Ordinal);
        string slow = Assert.Single(Directory.GetFiles(folder.Path, "slow-unit-*"));
        Assert.Equal("N", File.ReadAllText(slow));
        Assert.Empty(LogGrammar.Foreign([.. run.Lines]));
    }

    [Fact]
    public void Nothing_is_told_of_inputs_that_take_less()
    {
        using var folder = new FuzzFolder();
        folder.Write("corpus/slow", "N");

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "ends", "corpus", "-runs=3", "-seed=1");

        Assert.DoesNotContain("Slowest unit", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path, "slow-unit-*"));
    }

    [Theory]
    [InlineData("-runs=-1")]
    [InlineData("-fork=1")]
    public void A_campaign_ends_when_its_stop_file_is_there(string flag)
    {
        using var folder = new FuzzFolder();
        folder.Write("stop", "");

        FuzzRun run = FuzzRun.Of(folder, "fuzz", "letters", flag, "-seed=1", "-stop_file=stop");

        Assert.Equal(0, run.ExitCode);
    }
}
