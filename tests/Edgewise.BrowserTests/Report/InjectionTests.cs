using Edgewise.Report.Model;

namespace Edgewise.BrowserTests.Report;

/// <summary>Names and sources come from others: whatever they hold is shown, and nothing of it is done.</summary>
[Trait("Category", "Long")]
public sealed class InjectionTests(Browser browser)
{
    private static readonly string[] Names =
    [
        ReportFolder.Script, "<img src=x onerror=alert(1)>", "javascript:alert(2)", "../../outside.c", "..", "a\"'`${alert(3)}.c", "%2e%2e%2f", "line\u2028break.c", "turn\u202Eround.c", "\u0000\u001b[31m.c", "constructor", "__proto__", "#/functions",
    ];

    [Fact]
    public async Task Names_are_shown_and_not_obeyed()
    {
        using ReportFolder folder = new();
        foreach (string name in Names)
        {
            folder.Add(new ReportFile("", name, [new ReportFunction(name + "()", 0, 1, 0, null, name)], [], 1, 0));
        }

        string address = folder.Write();
        await using BrowserPage page = await browser.OpenAsync(address);
        await page.Find(".filter").FillAsync(" c");
        await page.Find(".filter").FillAsync("script>");
        IReadOnlyList<string> shown = await page.TextsAsync(".files .row .file");
        await page.PictureAsync("injection-light");
        foreach (string name in Names)
        {
            await page.Page.GotoAsync(ReportFolder.ViewOf(address, name));
            await page.Find(".function").First.WaitForAsync();
        }

        Assert.Equal([ReportFolder.Script], shown);
        Assert.Equal(0, await page.Find("#view script, #view img, dialog script").CountAsync());
        Assert.Equal(["report", "source"], Directory.GetDirectories(folder.Folder).Select(Path.GetFileName).Append("source").Distinct().Order());
        page.HasNoComplaints();
    }

    [Fact]
    public async Task Source_text_and_titles_are_shown_and_not_obeyed()
    {
        using ReportFolder folder = new ReportFolder().Add(
            "main.c", 30, _ => LineState.Covered, number => number % 2 == 0 ? $"{ReportFolder.Script} // {number}" : "if (a) { \u202E} \u2066// \u2069\u001b[2J", function: ReportFolder.Script);
        await using BrowserPage page = await browser.OpenAsync(ReportFolder.ViewOf(folder.Write(), "main.c"));
        await page.Find(".line code:not(.waiting)").First.WaitForAsync();

        IReadOnlyList<string> lines = await page.TextsAsync(".line code");
        await page.PressAsync("/");
        await page.TypeAsync("script");
        await page.UntilAsync("document.querySelector('.palette .selected .title')?.textContent.startsWith('</script>')");

        Assert.Equal(ReportFolder.Script + " // 2", lines[1]);
        Assert.Equal("if (a) { U+202E} U+2066// U+2069U+001B[2J", lines[0]);
        Assert.Equal(0, await page.Find("body script").CountAsync());
        page.HasNoComplaints();
    }
}
