using System.Net;
using Edgewise.Report.Model;
using Edgewise.Report.Serving;

namespace Edgewise.BrowserTests.Report;

/// <summary>What the server answers, whoever asks.</summary>
public sealed class ServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "", "127.0.0.1", HttpStatusCode.OK)]
    [InlineData("GET", "data/summary.js", "localhost", HttpStatusCode.OK)]
    [InlineData("GET", "../../etc/passwd", "127.0.0.1", HttpStatusCode.NotFound)]
    [InlineData("GET", "data/lines-0-99.js", "127.0.0.1", HttpStatusCode.NotFound)]
    [InlineData("POST", "", "127.0.0.1", HttpStatusCode.MethodNotAllowed)]
    public async Task Only_the_report_is_served(string method, string path, string host, HttpStatusCode expected)
    {
        using ReportFolder folder = Example();
        using ReportServer server = new(folder.Site(), 0);
        using CancellationTokenSource stop = new();
        Task serving = server.RunAsync(stop.Token);
        using HttpClient client = new();
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri($"http://{host}:{server.Port}/{path}"));

        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);

        Assert.Equal(expected, response.StatusCode);
        await stop.CancelAsync();
        await serving;
    }

    [Fact]
    public async Task A_page_of_another_name_for_this_machine_gets_no_answer()
    {
        using ReportFolder folder = Example();
        using ReportServer server = new(folder.Site(), 0);
        using CancellationTokenSource stop = new();
        Task serving = server.RunAsync(stop.Token);
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(server.Address)) { Headers = { Host = $"attacker.example:{server.Port}" } };

        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);

        Assert.False(response.IsSuccessStatusCode);
        await stop.CancelAsync();
        await serving;
    }

    private static ReportFolder Example() => new ReportFolder().Add("main.c", 50, _ => LineState.Covered);
}
