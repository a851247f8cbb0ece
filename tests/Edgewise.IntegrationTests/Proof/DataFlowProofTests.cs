using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>Real programs do the same with data-flow features as without.</summary>
public sealed class DataFlowProofTests
{
    private const CoverageFeatures Values = CoverageFeatures.TraceCmp | CoverageFeatures.TraceDiv | CoverageFeatures.TraceGep | CoverageFeatures.StackDepth;
    private const CoverageFeatures Everything = Values | CoverageFeatures.TraceLoads | CoverageFeatures.TraceStores;

    private static readonly Lazy<WorkloadContext> Original = new(() => new WorkloadContext(new Dictionary<string, byte[]>()));

    private static readonly CallbackClass Callbacks = new(
        typeof(FlowCallbacks).Assembly.GetName(), typeof(FlowCallbacks).Namespace!, nameof(FlowCallbacks),
        CallbackSignature.All.Where(signature => typeof(FlowCallbacks).GetMethod(signature.Name) is not null)
            .Aggregate(CallbackMethods.None, (all, signature) => all | signature.Method),
        typeof(FlowCallbacks).Assembly.Location);

    [Fact]
    public void All_seven_packages_do_the_same_with_every_callback_of_data_flow()
    {
        Array.Clear(FlowCallbacks.Calls);

        InstrumentedWorkloads workloads = RunAll(Everything, Callbacks);

        Assert.All(FlowCallbacks.Calls, calls => Assert.True(calls > 400, $"only {string.Join(", ", FlowCallbacks.Calls)} calls"));
        Assert.Equal(0, FlowCallbacks.WrongAddresses);
        foreach (FeatureSites sites in workloads.Results.Values.SelectMany(result => result.Sites))
        {
            Assert.DoesNotContain("Malformed", sites.Skipped.Keys);
            Assert.DoesNotContain("MergeConflict", sites.Skipped.Keys);
        }
    }

    [Fact]
    public void Packages_do_the_same_with_what_the_Runtime_does()
    {
        InstrumentedWorkloads workloads = RunAll(Values, null, withRoslyn: false);

        Assert.All(workloads.Results.Values, result => Assert.Contains(result.Points.Sites, site => site.Kind == SiteKind.Index));
    }

    [Fact]
    public void Behind_closed_gates_packages_do_the_same_and_nothing_is_called()
    {
        Array.Clear(FlowCallbacks.Calls);

        RunAll((Everything & ~CoverageFeatures.StackDepth) | CoverageFeatures.Gated | CoverageFeatures.TracePcGuard, Callbacks, withRoslyn: false);

        Assert.All(FlowCallbacks.Calls, calls => Assert.Equal(0, calls));
    }

    private static InstrumentedWorkloads RunAll(CoverageFeatures features, CallbackClass? callbacks, bool withRoslyn = true)
    {
        var options = new InstrumentationOptions { Features = features | CoverageFeatures.Inline8BitCounters, Level = InstrumentationLevel.Func, Callbacks = callbacks };
        var workloads = new InstrumentedWorkloads(withRoslyn ? RealAssemblies.All : RealAssemblies.Small, options);
        Assert.All(workloads.Results.Values, result => Assert.Empty(result.LeftOut));
        foreach (string workload in withRoslyn ? RealAssemblies.Workloads : RealAssemblies.SmallWorkloads)
        {
            Assert.Equal(Original.Value.Run(workload), workloads.Run(workload).Output);
        }

        return workloads;
    }
}
