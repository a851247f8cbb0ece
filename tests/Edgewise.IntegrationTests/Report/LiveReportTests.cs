using System.Diagnostics;
using System.Text.Json;
using Edgewise.IntegrationTests.Run;
using Edgewise.Tests.Runtime;

namespace Edgewise.IntegrationTests.Report;

/// <summary><c>edgewise report serve</c> as processes: a program, and the server that follows it.</summary>
[Trait("Category", "Long")]
public sealed class LiveReportTests
{
    private const int SigInt = 2, SigTerm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_under_run_is_followed_until_it_ends()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals");
        using TemporaryFolder folder = new();
        using ChildProcess program = ChildProcess.Start([TestPrograms.Edgewise, "run", "--live", "--coverage-dir", folder.Path, TestPrograms.Echo], null, ("EDGEWISE_CACHE", folder.File("cache")));
        string[] ready = await program.WaitUntilReady();
        using Process server = Process.Start(new ProcessStartInfo("dotnet", [TestPrograms.Edgewise, "report", "serve", folder.Path, "--port", "0"]) { RedirectStandardOutput = true })!;
        using HttpClient client = new() { Timeout = Patience };
        Uri address = new((await server.StandardOutput.ReadLineAsync(Cancellation))!["serving ".Length..]);

        int before = await CoveredAsync(client, address);
        await client.GetStringAsync(new Uri($"{ready[1]}/echo/short"), Cancellation);
        Stopwatch waiting = Stopwatch.StartNew();
        int after;
        while ((after = await CoveredAsync(client, address)) <= before && waiting.Elapsed < Patience)
        {
            await Task.Delay(100, Cancellation);
        }

        Assert.True(after > before, $"{before} points before, {after} after");
        ChildProcess.Signal(ChildProcess.Number(ready[0]), SigTerm);
        program.WaitForEnd();
        Assert.DoesNotContain(folder.Names(), name => name.StartsWith("live.", StringComparison.Ordinal));
        Assert.Contains(folder.Names(), name => name.EndsWith(".sancov", StringComparison.Ordinal));
        ChildProcess.Signal(server.Id, SigInt);
        await server.WaitForExitAsync(Cancellation).WaitAsync(Patience, Cancellation);
        Assert.Equal(0, server.ExitCode);
    }

    // Covered points of all modules, as the page gets them.
    private static async Task<int> CoveredAsync(HttpClient client, Uri address)
    {
        string script = await client.GetStringAsync(new Uri(address, "data/summary.js"), Cancellation);
        using JsonDocument summary = JsonDocument.Parse(script["edgewise(\"summary\",".Length..^");\n".Length]);
        return summary.RootElement.GetProperty("modules").EnumerateArray().Sum(module => module[3].GetInt32());
    }
}
