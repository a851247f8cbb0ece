using Edgewise.Showmap.Differential;
using Edgewise.Tests.Cli;

namespace Edgewise.Tests.Showmap.Differential;

/// <summary>Numbers and bytes that differential-coverage 1.0.4 gives for its own sample.</summary>
public sealed class RelativeCoverageTests
{
    [Theory]
    [InlineData("median", "union", "0.66667 0.75000 0.66667 1.00000|0.66667 1.00000 0.66667 1.00000|1.00000 1.00000 1.00000 1.00000|0.33333 0.50000 0.33333 1.00000")]
    [InlineData("median", "intersection", "1.00000 1.00000 0.66667 1.00000|1.00000 1.00000 0.66667 1.00000|1.00000 1.00000 1.00000 1.00000|1.00000 1.00000 0.33333 1.00000")]
    [InlineData("min", "union", "0.66667 0.50000 0.66667 1.00000|0.33333 0.50000 0.33333 1.00000|1.00000 1.00000 1.00000 1.00000|0.33333 0.50000 0.33333 1.00000")]
    [InlineData("max", "union", "0.66667 1.00000 0.66667 1.00000|0.66667 1.00000 0.66667 1.00000|1.00000 1.00000 1.00000 1.00000|0.33333 0.50000 0.33333 1.00000")]
    [InlineData("average", "union", "0.66667 0.75000 0.66667 1.00000|0.55556 0.83333 0.55556 1.00000|1.00000 1.00000 1.00000 1.00000|0.33333 0.50000 0.33333 1.00000")]
    public void The_sample_has_the_golden_numbers_with_every_reducer(string values, string collection, string cells)
    {
        using CampaignFiles sample = CampaignFiles.Sample();

        CommandRun run = CommandRun.Of("diffcov", "relcov", sample.Folder, "--values", values, "--collection", collection);

        string[] rows = cells.Split('|');
        string[] names = ["approach_a", "approach_b", "approach_c", "seeds     "];
        string expected = "approach  approach_aapproach_bapproach_c     seeds\n" + string.Concat(names.Zip(rows, static (name, row) => $"{name}{string.Concat(row.Split(' ').Select(static cell => cell.PadLeft(10)))}\n"));
        Assert.Equal(expected, run.Output);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void Csv_has_the_bytes_of_the_original()
    {
        using CampaignFiles sample = CampaignFiles.Sample();

        Assert.Equal(
            "approach,approach_a,approach_b,approach_c,seeds\r\napproach_a,0.667,0.750,0.667,1.000\r\napproach_b,0.667,1.000,0.667,1.000\r\n"
            + "approach_c,1.000,1.000,1.000,1.000\r\nseeds,0.333,0.500,0.333,1.000\r\n",
            CommandRun.Of("diffcov", "-o", "csv", "relcov", sample.Folder).Output);
        Assert.Equal("approach,score\r\napproach_c,3.00\r\napproach_a,1.50\r\napproach_b,0.67\r\nseeds,0.00\r\n", CommandRun.Of("diffcov", "relscore", sample.Folder, "-o", "csv").Output);
        Assert.Equal("approach_c: 3.00\napproach_a: 1.50\napproach_b: 0.67\nseeds: 0.00\n", CommandRun.Of("diffcov", "relscore", sample.Folder).Output);
    }

    [Fact]
    public void Readings_of_the_table_are_ranked()
    {
        using CampaignFiles sample = CampaignFiles.Sample();

        Assert.Equal("approach_b: 1.00000\napproach_c: 1.00000\nseeds: 1.00000\napproach_a: 0.66667\n", CommandRun.Of("diffcov", "reliability", sample.Folder).Output);
        Assert.Equal("approach_b: 0.50000\napproach_a: 0.33333\napproach_c: 0.33333\n", CommandRun.Of("diffcov", "reach", sample.Folder).Output);
        Assert.Equal(
            "approach,reference,performance\r\napproach_c,approach_b,1.000\r\napproach_a,approach_b,0.750\r\nseeds,approach_b,0.500\r\n",
            CommandRun.Of("diffcov", "performance", sample.Folder, "--against", "approach_b", "-o", "csv").Output);
    }

    [Theory]
    [InlineData("A: 1 2|B: 1 2 3|C: 1 3;1", "1 2 0.5")]
    [InlineData("A: 1 2", "0")]
    [InlineData("A: 1 2;1 3|B: 1 3;1 3|C: 1 2 3;1 2 3|D: 1", "1.5 1 3 0")]
    public void Relscores_of_the_originals_tests_come_out(string approaches, string scores)
    {
        using CampaignFiles files = new();
        foreach (string approach in approaches.Split('|'))
        {
            string[] trials = approach[3..].Split(';');
            for (int i = 0; i < trials.Length; i++)
            {
                files.Add($"{approach[0]}/{i}.txt", string.Concat(trials[i].Split(' ').Select(static id => $"{id}:1\n")));
            }
        }

        Assert.Equal(scores.Split(' ').Select(static score => double.Parse(score, System.Globalization.CultureInfo.InvariantCulture)), RelativeScore.Of(files.Read()).Select(static score => score.Score));
    }

    [Fact]
    public void A_part_of_nothing_is_told_as_such_everywhere()
    {
        using CampaignFiles files = new CampaignFiles().Add("a/1.txt", "1:1\n").Add("a/2.txt", "2:1\n").Add("b/1.txt", "1:1\n");

        CommandRun text = CommandRun.Of("diffcov", "relcov", files.Folder, "--collection", "intersection", "--html", files.Folder + ".html");

        Assert.Equal("approach         a         b\na              n/a   0.50000\nb              n/a   1.00000\n", text.Output);
        Assert.Contains(">n/a</td>", File.ReadAllText(files.Folder + ".html"), StringComparison.Ordinal);
        File.Delete(files.Folder + ".html");
        Assert.Equal("b: 1.00000\na: n/a\n", CommandRun.Of("diffcov", "reliability", files.Folder, "--collection", "intersection").Output);
        Assert.Contains("\"a\": null", CommandRun.Of("diffcov", "relcov", files.Folder, "--collection", "intersection", "--json", "-").Output, StringComparison.Ordinal);
        Assert.Contains("a & n/a & 0.500 \\\\", CommandRun.Of("diffcov", "relcov", files.Folder, "--collection", "intersection", "-o", "latex", "--latex-enable-color").Output.Replace("\\cellcolor[HTML]{C7B3CC}{0.500}", "0.500", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ValueReducer.Median, 2)]
    [InlineData(ValueReducer.Min, 1)]
    [InlineData(ValueReducer.Max, 6)]
    [InlineData(ValueReducer.Average, 3)]
    public void Values_are_reduced(ValueReducer reducer, double expected) => Assert.Equal(expected, reducer.Reduce([6, 1, 2]));

    [Fact]
    public void Sets_of_bits_count_as_sets_do()
    {
        Random random = new(7);
        for (int round = 0; round < 50; round++)
        {
            HashSet<int> first = [], second = [];
            EdgeSet left = new(1), right = new(random.Next(1, 500));
            for (int i = 0; i < 200; i++)
            {
                (int edge, int other) = (random.Next(1000), random.Next(700));
                left.Add(edge);
                first.Add(edge);
                right.Add(other);
                second.Add(other);
                left.Remove(other + 300);
                first.Remove(other + 300);
            }

            Assert.Equal((first.Count, first.Intersect(second).Count()), (left.Count, left.CountCommon(right)));
            left.IntersectWith(right);
            Assert.Equal(first.Intersect(second).Order(), Enumerable.Range(0, 1100).Where(left.Contains));
            right.UnionWith(left);
            Assert.Equal(second.Count, right.Count);
        }
    }
}
