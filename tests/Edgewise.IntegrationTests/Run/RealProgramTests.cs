using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Run;

/// <summary>Programs of other makes: a web server under load, and a test executable.</summary>
public sealed class RealProgramTests(EdgewiseRun edgewise) : IClassFixture<EdgewiseRun>
{
    private const int Terminate = 15;
    private const int Load = 100;

    [Fact]
    public async Task A_web_application_that_is_terminated_while_two_threads_are_served_leaves_its_coverage()
    {
        using var folder = new CoverageFolder();
        using ChildProcess run = edgewise.Start(folder, TestPrograms.Echo, [], []);
        string address = (await run.WaitUntilReady())[1];
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var isLoaded = new ManualResetEventSlim();
        int answers = 0;

        Task[] clients = [Ask("short"), Ask("rather a long text")];
        isLoaded.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        run.Signal(Terminate);
        int exitCode = run.WaitForEnd();
        await Task.WhenAll(clients);

        Assert.Equal(0, exitCode);
        int count = ChildProcess.Number(Assert.Single(run.Output.Split('\n'), l => l.StartsWith("served", StringComparison.Ordinal)).Split(' ')[1]);
        Assert.True(count >= Load);
        Assert.Contains("Answer.To", folder.CoveredFunctions(TestPrograms.Echo));

        async Task Ask(string text)
        {
            string expected = text.Length < 10 ? text.ToUpperInvariant() : text;
            try
            {
                while (true)
                {
                    Assert.Equal(expected, await client.GetStringAsync($"/echo/{text}", TestContext.Current.CancellationToken));
                    if (Interlocked.Increment(ref answers) == Load)
                    {
                        isLoaded.Set();
                    }
                }
            }
            catch (HttpRequestException)
            {
                // The server is gone, as it was told.
            }
        }
    }

    [Fact]
    public void A_test_executable_runs_its_tests_and_shows_what_they_reach()
    {
        using var folder = new CoverageFolder();

        using ChildProcess run = edgewise.Start(
            folder, TestPrograms.FastTests, ["--assemblies", "Edgewise.Hosting"], ["-class", "Edgewise.Tests.Hosting.FrameworkReferenceTests"]);

        Assert.Equal(0, run.WaitForEnd());
        Assert.Contains("Failed: 0", run.Output, StringComparison.Ordinal);
        RunModule module = Assert.Single(folder.Record().Modules);
        Assert.Equal("Edgewise.Hosting.dll", module.Name);
        Assert.InRange(module.CoveredCount, 1, module.PointCount - 1);
    }
}
