using Edgewise.Report.Model;

namespace Edgewise.BrowserTests.Report;

/// <summary>The first page of a report: totals, the tree of files, filters, order.</summary>
[Trait("Category", "Long")]
public sealed class OverviewTests(Browser browser)
{
    [Fact]
    public async Task Totals_and_the_tree_are_those_of_the_report()
    {
        using ReportFolder folder = Example();

        await using BrowserPage page = await browser.OpenAsync(folder.Write());
        await page.Find(".row").First.WaitForAsync();

        Assert.Equal(["68.3%", "100%", "61.4%"], await page.TextsAsync(".total strong"));
        Assert.Equal(["▾ core", "▸ text", "engine.c", "main.c"], (await page.TextsAsync(".files .row .name")).Select(text => text.Trim()));
        await page.PictureAsync("overview-light");
        page.HasNoComplaints();
    }

    [Fact]
    public async Task A_folder_unfolds_by_a_click_and_by_keys()
    {
        using ReportFolder folder = Example();
        await using BrowserPage page = await browser.OpenAsync(folder.Write());

        await page.Find("text=▸ text").ClickAsync();
        int unfolded = await page.Find(".files .row").CountAsync();
        await page.PressAsync("ArrowLeft");

        Assert.Equal(5, unfolded);
        Assert.Equal(4, await page.Find(".files .row").CountAsync());
    }

    [Fact]
    public async Task Files_are_sorted_by_a_column_both_ways_and_filtered_by_name()
    {
        using ReportFolder folder = Example();
        await using BrowserPage page = await browser.OpenAsync(folder.Write());

        await page.Find(".heading[data-key=missed]").ClickAsync();
        IReadOnlyList<string> down = await page.TextsAsync(".files .row .file");
        await page.Find(".heading[data-key=missed]").ClickAsync();
        IReadOnlyList<string> up = await page.TextsAsync(".files .row .file");
        await page.Find(".filter").FillAsync("PARS");

        Assert.Equal(["engine.c", "main.c"], down);
        Assert.Equal(["main.c", "engine.c"], up);
        Assert.Equal(["core/text/parser.c"], await page.TextsAsync(".files .row .file"));
    }

    [Fact]
    public async Task Functions_are_filtered_by_what_ran_and_lead_to_their_lines()
    {
        using ReportFolder folder = Example();
        await using BrowserPage page = await browser.OpenAsync(folder.Write() + "#/functions");

        await page.Find("select").SelectOptionAsync("partly");
        await page.Find(".filter").FillAsync("engine_2");
        await page.PictureAsync("functions-light");
        await page.Find(".row .function").First.ClickAsync();
        await page.Find(".line.target").WaitForAsync();

        Assert.EndsWith("/L201", page.Page.Url, StringComparison.Ordinal);
        page.HasNoComplaints();
    }

    [Fact]
    public async Task Nothing_but_files_of_the_report_is_loaded()
    {
        using ReportFolder folder = Example();
        await using BrowserPage page = await browser.OpenAsync(folder.Write());

        await page.Find("text=main.c").ClickAsync();
        await page.Find(".line code:not(.waiting)").First.WaitForAsync();

        string root = new Uri(folder.Output).AbsoluteUri;
        Assert.NotEmpty(page.Requests);
        Assert.All(page.Requests, address => Assert.True(address.StartsWith(root, StringComparison.Ordinal) || address.StartsWith("data:", StringComparison.Ordinal), address));
    }

    [Theory]
    [InlineData(ColorScheme.Light, "overview-phone")]
    [InlineData(ColorScheme.Dark, "overview-phone-dark")]
    public async Task A_phone_shows_the_page_without_scrolling_sideways(ColorScheme scheme, string picture)
    {
        using ReportFolder folder = Example();
        await using BrowserPage page = await browser.OpenAsync(folder.Write(), 390, 800, scheme);
        await page.Find(".row").First.WaitForAsync();

        await page.PictureAsync(picture);

        Assert.True(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.querySelector('.scroller').scrollWidth <= innerWidth"));
    }

    private static ReportFolder Example() => new ReportFolder()
        .Add("core/main.c", 40, number => number % 4 == 0 ? LineState.None : number > 30 ? LineState.Uncovered : LineState.Covered, function: "main")
        .Add("core/engine.c", 480, number => number % 2 == 0 ? LineState.None : number % 5 == 0 ? LineState.Partly : number % 3 == 0 ? LineState.Uncovered : LineState.Covered, function: "engine")
        .Add("core/text/parser.c", 120, number => number % 3 == 0 ? LineState.Uncovered : number % 3 == 1 ? LineState.Covered : LineState.None, function: "parse");
}
