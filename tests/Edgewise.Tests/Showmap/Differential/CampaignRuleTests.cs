using Edgewise.Showmap.Differential;
using Edgewise.Tests.Cli;

namespace Edgewise.Tests.Showmap.Differential;

/// <summary>What a campaign's folder must look like; every breach names its file.</summary>
public sealed class CampaignRuleTests
{
    [Theory]
    [InlineData("manifest.json", "{}", "manifest.json: is no folder")]
    [InlineData("approach_a/more/t9.txt", "1:1", "approach_a/more: is a folder")]
    [InlineData("approach_a/.git/t9.txt", "1:1", "approach_a/.git: is a folder")]
    [InlineData("approach_a/t1.out", "1:1", "t1.txt: has the name of a trial as")]
    [InlineData("approach_a/t9.txt", "1:0\n2:-5\n", "t9.txt: has no edge with a count above zero")]
    [InlineData("approach_a/t9.txt", "", "t9.txt: has no edge with a count above zero")]
    [InlineData("approach_a/t9.txt", "1:1\n\na:b:1\n", "t9.txt:3: 'a:b:1' has 2 colons")]
    [InlineData("approach_a/t9.txt", "1:1\nabc\n", "t9.txt:2: 'abc' has no colon")]
    [InlineData("approach_a/t9.txt", "1:1\r\n2: 1.5\r\n", "t9.txt:2: ' 1.5' behind the colon is no count")]
    [InlineData("approach_a/t9.txt", "1:", "t9.txt:1: '' behind the colon is no count")]
    public void What_breaks_a_rule_is_named_and_nothing_is_printed_or_overwritten(string path, string text, string expected)
    {
        using CampaignFiles files = CampaignFiles.Sample().Add(path, text);
        string page = files.Folder + ".html";
        File.WriteAllText(page, "before");

        CommandRun run = CommandRun.Of("diffcov", "relcov", files.Folder, "--html", page);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Contains(files.Folder, run.Errors[0], StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(page));
        File.Delete(page);
    }

    [Fact]
    public void All_errors_are_told_at_once()
    {
        using CampaignFiles files = CampaignFiles.Sample().Add("stray.txt", "").Add("approach_b/x/y", "");
        Directory.CreateDirectory(files.At("nothing"));

        CommandRun run = CommandRun.Of("diffcov", "relcov", files.Folder);

        Assert.Equal(3, run.Errors.Count);
        Assert.Contains(run.Errors, static error => error.Contains("nothing: has no files", StringComparison.Ordinal));
    }

    [Fact]
    public void A_campaign_without_approaches_and_one_that_is_not_there_are_errors()
    {
        using CampaignFiles files = new();

        Assert.Contains("has no approach", Assert.Single(CommandRun.Of("diffcov", "relcov", files.Folder).Errors), StringComparison.Ordinal);
        Assert.Contains("there is no such folder", Assert.Single(CommandRun.Of("diffcov", "relcov", files.At("nowhere")).Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-i", "(", "--include-approach '(': is no regular expression")]
    [InlineData("-x", "[z", "--exclude-approach '[z': is no regular expression")]
    [InlineData("-i", "zzz", "--include-approach 'zzz': finds no approach; the approaches are approach_a")]
    [InlineData("-x", ".", "--exclude-approach '.': leaves no approach")]
    [InlineData("-o", "xml", "--output: 'xml' is none of stdout, csv, latex")]
    [InlineData("--latex-colormap", "jet", "--latex-colormap: there is no 'jet'")]
    [InlineData("--latex-rotate-headers", "nan", "--latex-rotate-headers: 'nan' is no number")]
    [InlineData("--values", "mode", "--values: 'mode' is none of")]
    [InlineData("--html", "/nowhere/at/all.html", "--html /nowhere/at/all.html: there is no folder")]
    public void Bad_options_are_named(string option, string value, string expected)
    {
        using CampaignFiles files = CampaignFiles.Sample();

        CommandRun run = CommandRun.Of("diffcov", "relcov", files.Folder, option, value);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"edgewise: {expected}", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_choose_approaches_and_what_they_leave_out_is_not_read()
    {
        using CampaignFiles files = CampaignFiles.Sample().Add("broken/t1.txt", "no coverage");

        CommandRun run = CommandRun.Of("diffcov", "-i", "approach", "-i", "seeds", "-x", "_[bc]$", "-x", "broken", "relscore", files.Folder);

        Assert.Equal("approach_a: 1.00\nseeds: 0.00\n", run.Output);
        Assert.Equal("edgewise: --exclude-approach 'zzz': finds no approach", Assert.Single(CommandRun.Of("diffcov", "relscore", files.Folder, "-x", "broken", "-x", "zzz").Errors));
    }

    [Fact]
    public void Many_errors_are_counted()
    {
        using CampaignFiles files = new();
        for (int i = 0; i < 25; i++)
        {
            files.Add($"a/{i:00}.txt", "wrong");
        }

        CommandRun run = CommandRun.Of("diffcov", "relcov", files.Folder);

        Assert.Equal(21, run.Errors.Count);
        Assert.Equal("edgewise: and 5 more errors like these", run.Errors[^1]);
    }

    [Fact]
    public void Approaches_stand_in_the_order_of_code_points()
    {
        string[] names = ["z", "Z", "\U0001D7D9", "\uFB01", "a"];
        Array.Sort(names, CodePointOrder.Instance);
        Assert.Equal(["Z", "a", "z", "\uFB01", "\U0001D7D9"], names);
    }
}
