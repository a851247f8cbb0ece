using System.Diagnostics;

namespace Edgewise.BrowserTests;

/// <summary>A page with what it complained of.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    public BrowserPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _complaints.Add(error);
        page.Dialog += (_, dialog) =>
        {
            _complaints.Add("dialog: " + dialog.Message);
            _ = dialog.DismissAsync();
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Add(message.Text);
            }
        };
        page.Request += (_, request) => _requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Addresses of all that was loaded.</summary>
    public IReadOnlyList<string> Requests => _requests;

    public ILocator Find(string selector) => Page.Locator(selector);

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key);

    public Task TypeAsync(string text) => Page.Keyboard.TypeAsync(text);

    /// <summary>Waits until an expression of the page's is true.</summary>
    /// <remarks>Asked from here each time: what Playwright would leave in the page to ask again is against its content security policy.</remarks>
    public async Task UntilAsync(string expression)
    {
        Stopwatch waiting = Stopwatch.StartNew();
        while (!await Page.EvaluateAsync<bool>($"!!({expression})"))
        {
            Assert.True(waiting.Elapsed < Patience, $"not so within {Patience}: {expression}");
            await Task.Delay(20);
        }
    }

    /// <summary>The texts of all that a selector finds.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string selector) => await Find(selector).AllInnerTextsAsync();

    /// <summary>Keeps a picture for people to look at, in the folder that EDGEWISE_SCREENSHOTS names.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("EDGEWISE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
        }
    }

    /// <summary>Fails where the page reported an error.</summary>
    public void HasNoComplaints() => Assert.Empty(_complaints);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
