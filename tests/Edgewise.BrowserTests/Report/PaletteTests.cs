using Edgewise.Report.Model;

namespace Edgewise.BrowserTests.Report;

/// <summary>Going to a function, a file or a line by keys alone.</summary>
[Trait("Category", "Long")]
public sealed class PaletteTests(Browser browser)
{
    [Fact]
    public async Task A_function_is_two_keystrokes_and_its_name_away()
    {
        using ReportFolder folder = Example();
        await using BrowserPage page = await browser.OpenAsync(folder.Write());
        await page.Find(".row").First.WaitForAsync();

        await page.PressAsync("/");
        await page.TypeAsync("parse_301");
        await page.UntilAsync("document.querySelector('.palette .selected .title')?.textContent === 'parse_301'");
        await page.PictureAsync("palette-light");
        await page.PressAsync("Enter");
        await page.Find(".line.target code:not(.waiting)").WaitForAsync();

        Assert.Equal("301", await page.Find(".target .no").InnerTextAsync());
        page.HasNoComplaints();
    }

    [Fact]
    public async Task A_line_is_gone_to_by_number()
    {
        using ReportFolder folder = Example();
        await using BrowserPage page = await browser.OpenAsync(ReportFolder.ViewOf(folder.Write(), "parser.c"));
        await page.Find(".line").First.WaitForAsync();

        await page.PressAsync("g");
        await page.TypeAsync("377");
        await page.PressAsync("Enter");
        await page.Find(".line.target").WaitForAsync();

        Assert.Equal("377", await page.Find(".target .no").InnerTextAsync());
    }

    [Fact]
    public async Task Closing_gives_the_keys_back_to_the_page()
    {
        using ReportFolder folder = Example();
        await using BrowserPage page = await browser.OpenAsync(folder.Write());
        await page.Find(".row").First.WaitForAsync();

        await page.PressAsync("Control+k");
        await page.PressAsync("Escape");
        await page.PressAsync("ArrowDown");
        await page.PressAsync("Enter");
        await page.Find(".line").First.WaitForAsync();

        Assert.EndsWith("#/file/parser.c", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_lists_keys_and_the_theme_changes_and_stays()
    {
        using ReportFolder folder = Example();
        string address = folder.Write();
        await using BrowserPage page = await browser.OpenAsync(address);
        await page.Find(".row").First.WaitForAsync();
        string light = await BackgroundAsync(page);

        await page.PressAsync("?");
        int keys = await page.Find(".help dt").CountAsync();
        await page.PictureAsync("help-light");
        await page.PressAsync("Escape");
        await page.PressAsync("t");
        await page.PictureAsync("overview-dark");
        string dark = await BackgroundAsync(page);
        await page.Page.ReloadAsync();
        await page.Find(".row").First.WaitForAsync();

        Assert.InRange(keys, 8, 20);
        Assert.NotEqual(light, dark);
        Assert.Equal(dark, await BackgroundAsync(page));
    }

    private static Task<string> BackgroundAsync(BrowserPage page) => page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static ReportFolder Example() => new ReportFolder()
        .Add("main.c", 40, _ => LineState.Covered, function: "main")
        .Add("parser.c", 900, number => number % 2 == 0 ? LineState.Uncovered : LineState.Covered, function: "parse");
}
