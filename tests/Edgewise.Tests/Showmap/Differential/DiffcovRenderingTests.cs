using System.Text;
using System.Text.Json;
using Edgewise.Cli.Rendering.Diffcov;
using Edgewise.Tests.Cli;

namespace Edgewise.Tests.Showmap.Differential;

public sealed class DiffcovRenderingTests
{
    [Theory]
    [InlineData(0.125, 2, "0.12")]
    [InlineData(0.375, 2, "0.38")]
    [InlineData(0.0625, 3, "0.062")]
    [InlineData(2.675, 2, "2.67")]
    [InlineData(2 / 3.0, 5, "0.66667")]
    [InlineData(-1.5, 0, "-2")]
    [InlineData(45, 0, "45")]
    [InlineData(1e20, 2, "100000000000000000000.00")]
    [InlineData(5e-324, 5, "0.00000")]
    public void Numbers_are_rounded_as_Python_rounds_them(double value, int digits, string expected) => Assert.Equal(expected, DecimalText.Of(value, digits));

    [Fact]
    public void Csv_quotes_what_Pythons_writer_quotes() =>
        Assert.Equal("a,\"b,c\",\"d\"\"e\",\"f\ng\", h\r\n", new StringBuilder().Row(["a", "b,c", "d\"e", "f\ng", " h"]).ToString());

    [Fact]
    public void Latex_escapes_names_and_turns_and_colours_on_request()
    {
        using CampaignFiles files = new CampaignFiles().Add("a_b-50%/t.txt", "1:1\n2:1\n").Add("seeds/t.txt", "1:1\n");

        string latex = CommandRun.Of("diffcov", "relcov", files.Folder, "-o", "latex", "--latex-rotate-headers", "45", "--latex-enable-color", "--latex-colormap", "plasma").Output;

        // Colours as matplotlib 3.6 has them: plasma at 0 and 1, lightened.
        Assert.Equal(
            """
            \newcommand*\rotcol[1]{\rotatebox[origin=l]{45}{#1}}
            \begin{tabular}{lrr}
            	 & \rotcol{a\_b{-}50\%} & \rotcol{seeds} \\
            \hline
            	a\_b{-}50\% & \cellcolor[HTML]{FAFDBD}{1.000} & \cellcolor[HTML]{FAFDBD}{1.000} \\
            	seeds & \cellcolor[HTML]{B6B5DB}{0.500} & \cellcolor[HTML]{FAFDBD}{1.000} \\
            \end{tabular}

            """,
            latex);
    }

    [Theory]
    [InlineData("viridis", "C7B3CC FEF8BE")]
    [InlineData("cividis", "B2BDCA FFF8C3")]
    [InlineData("gray_r", "FFFFFF B2B2B2")]
    public void Colours_are_those_of_matplotlib(string name, string ends) => Assert.Equal(ends, $"{ColorMap.Find(name)!.LightHex(0)} {ColorMap.Find(name)!.LightHex(1)}");

    [Fact]
    public void The_page_holds_names_as_text_and_loads_nothing()
    {
        using CampaignFiles files = new CampaignFiles().Add("<script>alert(1)<!--x/t.txt", "1:1\n").Add("\u202Eevil\u001b[0m/t.txt", "1:1\n2:1\n");
        string page = files.Folder + ".html";

        CommandRun run = CommandRun.Of("diffcov", "stats", files.Folder, "--html", page);

        Assert.Equal(0, run.ExitCode);
        string html = File.ReadAllText(page);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', html + run.Output);
        Assert.DoesNotContain('\u202E', html + run.Output);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        File.Delete(page);
    }

    [Fact]
    public void Json_has_everything()
    {
        using CampaignFiles files = CampaignFiles.Sample();

        using JsonDocument json = JsonDocument.Parse(CommandRun.Of("diffcov", "stats", files.Folder, "--json", "-", "--seed", "18446744073709551615").Output);

        JsonElement root = json.RootElement;
        Assert.Equal(3, root.GetProperty("edges").GetInt32());
        Assert.Equal(0.75, root.GetProperty("relcov").GetProperty("approach_a").GetProperty("approach_b").GetDouble());
        Assert.Equal(1.5, root.GetProperty("approaches")[0].GetProperty("relscore").GetDouble());
        Assert.Equal(6, root.GetProperty("statistics").GetProperty("pairs").GetArrayLength());
        Assert.Equal(ulong.MaxValue, root.GetProperty("statistics").GetProperty("seed").GetUInt64());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("statistics").GetProperty("approaches")[3].GetProperty("low").ValueKind);
    }

    [Theory]
    [InlineData("short", "short")]
    [InlineData("0123456789abcdef", "01234…cdef")]
    public void Long_names_lose_their_middle(string name, string expected) => Assert.Equal(expected, TextColumns.Shortened(name, 10));

    [Fact]
    public void Help_ends_with_an_example()
    {
        foreach (string command in (string[])["relcov", "relscore", "reliability", "reach", "performance", "stats"])
        {
            Assert.Contains($"edgewise diffcov {command} campaign", CommandRun.Of("diffcov", command, "--help").Output, StringComparison.Ordinal);
        }
    }
}
