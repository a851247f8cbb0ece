using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>The workloads as a program of its own, whose assemblies were instrumented on disk; callbacks are the Runtime's.</summary>
public sealed class ProcessProofTests
{
    private static readonly Lazy<string> Original = new(() =>
    {
        using var folder = new ProgramFolder("Workloads", [], new InstrumentationOptions());
        return folder.Run([], "all");
    });

    public static TheoryData<Pruning, CoverageFeatures> Combinations()
    {
        var data = new TheoryData<Pruning, CoverageFeatures>();
        foreach (Pruning pruning in Enum.GetValues<Pruning>())
        {
            data.Add(pruning, CoverageFeatures.Inline8BitCounters | CoverageFeatures.PcTable);
            data.Add(pruning, CoverageFeatures.TracePcGuard | CoverageFeatures.PcTable);
            data.Add(pruning, CoverageFeatures.TracePc);
        }

        data.Add(Pruning.Exact, CoverageFeatures.Inline8BitCounters | CoverageFeatures.TraceCmp);

        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    [Trait("Category", "Long")]
    public void Every_workload_prints_the_digests_that_it_printed_before(Pruning pruning, CoverageFeatures features)
    {
        using var folder = new ProgramFolder("Workloads", RealAssemblies.All, new InstrumentationOptions { Pruning = pruning, Features = features });

        Assert.Equal(Original.Value, folder.Run([], "all"));
        Assert.Equal(RealAssemblies.Workloads.Count, Original.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("DOTNET_TieredCompilation=1")]
    [InlineData("DOTNET_TieredCompilation=0")]
    public void Small_workloads_with_the_callbacks_of_the_Runtime_print_the_digests_that_they_printed_before(string tiered)
    {
        const CoverageFeatures Callbacks = CoverageFeatures.TracePcGuard | CoverageFeatures.TracePc | CoverageFeatures.InlineBoolFlag;
        string names = string.Join(',', RealAssemblies.SmallWorkloads);
        using var original = new ProgramFolder("Workloads", [], new InstrumentationOptions());
        using var instrumented = new ProgramFolder("Workloads", RealAssemblies.Small, new InstrumentationOptions { Features = Callbacks });

        Assert.Equal(original.Run([tiered], names), instrumented.Run([tiered], names));
    }
}
