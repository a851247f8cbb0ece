using Edgewise.BrowserTests;

[assembly: AssemblyFixture(typeof(Browser))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Edgewise.BrowserTests;

/// <summary>One Chromium for all tests; where there is none they are skipped.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const float Patience = 300_000;

    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string? Program = Array.Find(Programs, File.Exists);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a page with a cold cache. Whatever it reports as an error, and whatever dialog it opens, fails the test.</summary>
    public async Task<BrowserPage> OpenAsync(string address, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(Program is null, "chromium is not installed");
        _browser ??= await LaunchAsync(Program!);
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
        context.SetDefaultTimeout(Patience);
        BrowserPage page = new(context, await context.NewPageAsync());
        await page.Page.GotoAsync(address);
        return page;
    }

    private async Task<IBrowser> LaunchAsync(string program)
    {
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Timeout = Patience,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }
}
