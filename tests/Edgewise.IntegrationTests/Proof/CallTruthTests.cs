using Edgewise.Instrumentation;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>On real programs, what <c>indirect-calls</c> tells is what then runs.</summary>
public sealed class CallTruthTests
{
    private static readonly CallbackClass Callbacks = new(
        typeof(CallTruth).Assembly.GetName(), typeof(CallTruth).Namespace!, nameof(CallTruth),
        CallbackMethods.TracePcIndir | CallbackMethods.TracePcEntry | CallbackMethods.TracePcExit, typeof(CallTruth).Assembly.Location);

    [Fact]
    public void The_callee_of_each_call_is_the_next_method_that_is_entered_and_all_that_is_entered_is_left()
    {
        Host.Install();
        var original = new WorkloadContext(new Dictionary<string, byte[]>());
        var options = new InstrumentationOptions
        {
            Level = InstrumentationLevel.Func,
            Features = CoverageFeatures.Inline8BitCounters | CoverageFeatures.IndirectCalls | CoverageFeatures.TracePcEntryExit,
            Callbacks = Callbacks,
        };
        var workloads = new InstrumentedWorkloads(RealAssemblies.Small, options);
        foreach (InstrumentedModule module in workloads.Modules.Values)
        {
            CallTruth.Add(module);
        }

        foreach (string workload in RealAssemblies.SmallWorkloads)
        {
            Assert.Equal(original.Run(workload), workloads.Run(workload).Output);
        }

        Assert.True(CallTruth.Wrong.Count == 0, string.Join('\n', CallTruth.Wrong));
        Assert.True(CallTruth.RightCount > 100_000, $"only {CallTruth.RightCount} calls");
        Assert.Equal(0, CallTruth.Depth);
    }
}
