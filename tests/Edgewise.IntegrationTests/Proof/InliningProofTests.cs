using System.Globalization;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>Calls that the JIT inlined before are still inlined, by the runtime's own events.</summary>
public sealed class InliningProofTests
{
    private const double LeastKept = 0.98;

    [Theory]
    [InlineData("minijson", "Workloads.MiniJson::", Pruning.Llvm)]
    [InlineData("newtonsoft", "Newtonsoft.Json.", Pruning.Llvm)]
    [InlineData("roslyn", "Microsoft.CodeAnalysis.", Pruning.Llvm)]
    [InlineData("minijson", "Workloads.MiniJson::", Pruning.Exact)]
    [InlineData("newtonsoft", "Newtonsoft.Json.", Pruning.Exact)]
    [InlineData("roslyn", "Microsoft.CodeAnalysis.", Pruning.Exact)]
    [Trait("Category", "Long")]
    public void Nearly_all_calls_that_were_inlined_still_are(string workload, string prefix, Pruning pruning)
    {
        Sites before = SitesOf([], workload, new InstrumentationOptions());
        Sites after = SitesOf(RealAssemblies.All, workload, new InstrumentationOptions { Pruning = pruning, Features = CoverageFeatures.Inline8BitCounters });

        // A method that is now itself inlined everywhere is not compiled; a call within a call that was refused is not asked for.
        List<(string Method, string Callee)> asked =
            [.. before.Inlined.Where(site => site.Method.StartsWith(prefix, StringComparison.Ordinal) && (after.Inlined.Contains(site) || after.Refused.ContainsKey(site)))];
        var refused = asked.Where(site => !after.Inlined.Contains(site)).GroupBy(site => after.Refused[site]).ToDictionary(group => group.Key, group => group.Count());
        double kept = 1 - ((double)refused.Values.Sum() / asked.Count);

        string report = string.Create(CultureInfo.InvariantCulture,
            $"{workload}, {pruning}: {kept:P2} of {asked.Count} calls still inlined; {string.Join(", ", refused.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key}: {pair.Value}"))}");
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        Assert.True(asked.Count > 10 && kept >= LeastKept, report);
    }

    private sealed record Sites(HashSet<(string Method, string Callee)> Inlined, Dictionary<(string Method, string Callee), string> Refused);

    private static Sites SitesOf(IReadOnlyCollection<string> files, string workload, InstrumentationOptions options)
    {
        using var folder = new ProgramFolder("Workloads", files, options);
        string list = Path.GetTempFileName();
        folder.Run(["DOTNET_TieredCompilation=0"], workload, "1", list);
        var sites = new Sites([], []);
        foreach (string[] parts in File.ReadLines(list).Select(line => line.Split(" | ")))
        {
            (string, string) site = (parts[0][2..], parts[1]);
            if (parts[0][0] == '+')
            {
                sites.Inlined.Add(site);
            }
            else
            {
                sites.Refused[site] = parts[2];
            }
        }

        File.Delete(list);
        return sites;
    }
}
