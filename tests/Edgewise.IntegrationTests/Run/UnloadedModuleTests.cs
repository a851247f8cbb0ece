using System.Text.Json;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Run;

/// <summary>A module that was chosen and that the program never loaded: nothing of it ran, and a user has to see that.</summary>
public sealed class UnloadedModuleTests(EdgewiseRun edgewise) : IClassFixture<EdgewiseRun>
{
    private const string Unloaded = "SharpZipLib";

    [Fact]
    public void Every_report_of_a_run_has_it_with_nothing_covered()
    {
        using var folder = new CoverageFolder();
        string json = Path.Combine(folder.Path, "result.json"), module = Path.Combine(Path.GetDirectoryName(TestPrograms.Workloads)!, $"ICSharpCode.{Unloaded}.dll");

        using ChildProcess run = edgewise.Start(
            folder, TestPrograms.Workloads, ["--assemblies", $"Workloads,*{Unloaded}", "--json", json], ["minijson"]);

        Assert.Equal(0, run.WaitForEnd());
        RunModule recorded = folder.Record().Modules.Single(m => m.Name == Path.GetFileName(module));
        Assert.True(recorded.PointCount > 0);
        Assert.Equal((0, null), (recorded.CoveredCount, recorded.SancovFile));
        Assert.Matches($@"(?m)^ICSharpCode\.{Unloaded}\.dll +0 of \d+ +0 of {recorded.PointCount} +0\.0$", run.Error);
        using var document = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Contains(document.RootElement.GetProperty("modules").EnumerateArray(), m =>
            m.GetProperty("name").GetString() == recorded.Name && m.GetProperty("coveredEdges").GetInt32() == 0 && m.GetProperty("sancovFile").ValueKind == JsonValueKind.Null);

        string sancov = Assert.Single(Directory.GetFiles(folder.Path, "Workloads.dll.*.sancov"));
        using ChildProcess listing = ChildProcess.Start([TestPrograms.Edgewise, "sancov", "not-covered-functions", TestPrograms.Workloads, module, sancov]);
        Assert.Equal(0, listing.WaitForEnd());
        Assert.Contains("ICSharpCode.SharpZipLib.Zip.ZipFile.", listing.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("among the files", listing.Error, StringComparison.Ordinal);
    }
}
