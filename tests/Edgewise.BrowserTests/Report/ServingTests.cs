using Edgewise.Report.Model;
using Edgewise.Report.Serving;

namespace Edgewise.BrowserTests.Report;

/// <summary>The served report: the same pages, live, and compared with an earlier run.</summary>
[Trait("Category", "Long")]
public sealed class ServingTests(Browser browser)
{
    [Fact]
    public async Task A_page_follows_the_counters_and_stays_where_it_is()
    {
        using ReportFolder before = Example(LineState.Uncovered), after = Example(LineState.Covered);
        using ReportServer server = new(before.Site(isLive: true), 0);
        using CancellationTokenSource stop = new();
        Task serving = server.RunAsync(stop.Token);
        await using BrowserPage page = await browser.OpenAsync(ReportFolder.ViewOf(server.Address, "main.c", "/L300"));
        await page.UntilAsync("document.querySelector('.status').textContent === 'Live'");
        await page.Find(".line.s1.target code:not(.waiting)").WaitForAsync();
        double scrolled = await ScrolledAsync(page);

        server.Update(after.Site(isLive: true));
        await page.Find(".line.s3.target code:not(.waiting)").WaitForAsync();

        Assert.Equal(scrolled, await ScrolledAsync(page));
        await page.PictureAsync("live-light");
        page.HasNoComplaints();
        await stop.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task What_changed_since_another_run_is_counted_marked_and_stepped_through()
    {
        using ReportFolder before = Example(LineState.Uncovered), after = Example(LineState.Covered);
        await using BrowserPage page = await browser.OpenAsync(after.Write(before.Report()));
        await page.Find(".row").First.WaitForAsync();

        string compared = await page.Find(".total").Last.InnerTextAsync();
        await page.Find(".check input").CheckAsync();
        IReadOnlyList<string> changed = await page.TextsAsync(".files .row .file");
        await page.PictureAsync("diff-light");
        await page.Find(".files .row .file").First.ClickAsync();
        await page.Find(".line code:not(.waiting)").First.WaitForAsync();
        await page.PressAsync("c");
        await page.UntilAsync("document.querySelector('.target .no')?.textContent === '300'");

        Assert.Contains("+2 −0 lines", compared, StringComparison.Ordinal);
        Assert.Equal(["main.c"], changed);
        Assert.Equal("+", await page.Find(".target .was").InnerTextAsync());
        await page.PictureAsync("diff-source-light");
    }

    private static Task<double> ScrolledAsync(BrowserPage page) => page.Page.EvaluateAsync<double>("document.querySelector('.code').scrollTop");

    private static ReportFolder Example(LineState state) => new ReportFolder()
        .Add("main.c", 1000, number => number is 300 or 700 ? state : LineState.Covered)
        .Add("other.c", 50, _ => LineState.Partly);
}
