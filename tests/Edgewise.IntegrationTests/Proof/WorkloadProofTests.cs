using System.Reflection;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>Real programs do the same instrumented as before, and what is recovered from fewer points is what all points tell.</summary>
public sealed class WorkloadProofTests
{
    private const CoverageFeatures NeverZero = CoverageFeatures.Inline8BitCounters | CoverageFeatures.NeverZero | CoverageFeatures.PcTable;

    private static readonly Lazy<WorkloadContext> Original = new(() => new WorkloadContext(new Dictionary<string, byte[]>()));

    private static readonly CallbackClass Callbacks = new(
        typeof(CountingCallbacks).Assembly.GetName(), typeof(CountingCallbacks).Namespace!, nameof(CountingCallbacks),
        CallbackMethods.TracePc | CallbackMethods.TracePcGuard | CallbackMethods.TracePcGuardInit, typeof(CountingCallbacks).Assembly.Location);

    [Theory]
    [InlineData(Pruning.Exact)]
    [InlineData(Pruning.Llvm)]
    [InlineData(Pruning.None)]
    public void Counters_guards_and_callbacks_agree_at_every_point_and_the_output_stays_the_same(Pruning pruning)
    {
        var options = new InstrumentationOptions
        {
            Pruning = pruning,
            Features = NeverZero | CoverageFeatures.TracePcGuard | CoverageFeatures.TracePc,
            Callbacks = Callbacks,
        };
        var workloads = new InstrumentedWorkloads(RealAssemblies.Small, options);
        foreach (string workload in RealAssemblies.SmallWorkloads)
        {
            Array.Clear(CountingCallbacks.GuardCalls);
            Array.Clear(CountingCallbacks.PcCalls);

            (string output, Dictionary<string, byte[]> hits) = workloads.Run(workload);

            Assert.Equal(Original.Value.Run(workload), output);
            AssertCallsAgree(workloads, hits);
        }
    }

    [Fact]
    public void Exact_pruning_loses_nothing_of_what_all_points_tell_of_any_workload()
    {
        var options = new InstrumentationOptions { Pruning = Pruning.None, Features = NeverZero };
        var unpruned = new InstrumentedWorkloads(RealAssemblies.All, options);
        Dictionary<string, BlockComparison> comparisons = RealAssemblies.All.ToDictionary(
            file => file,
            file => new BlockComparison(unpruned.Results[file].Points, InstrumentedWorkloads.Instrument(file, options with { Pruning = Pruning.Exact }).Points));
        foreach (string workload in RealAssemblies.Workloads)
        {
            (string output, Dictionary<string, byte[]> hits) = unpruned.Run(workload);

            Assert.Equal(Original.Value.Run(workload), output);
            foreach ((string file, byte[] counters) in hits.Where(WasEntered))
            {
                (List<BlockIdentity> wrong, int covered) = comparisons[file].Compare(counters, comparisons[file].Prune(counters));
                Assert.True(wrong.Count == 0 && covered > 0, $"{workload} in {file}: recovered wrongly: {string.Join(", ", wrong.Take(5))}");
            }
        }
    }

    [Fact]
    public void A_run_with_exact_pruning_covers_the_blocks_that_a_run_without_pruning_covers()
    {
        var options = new InstrumentationOptions { Features = NeverZero };
        var exact = new InstrumentedWorkloads(RealAssemblies.Small, options with { Pruning = Pruning.Exact });
        var unpruned = new InstrumentedWorkloads(RealAssemblies.Small, options with { Pruning = Pruning.None });
        foreach (string workload in RealAssemblies.SmallWorkloads)
        {
            Dictionary<string, byte[]> exactHits = exact.Run(workload).Hits;
            Dictionary<string, byte[]> allHits = unpruned.Run(workload).Hits;

            foreach ((string file, byte[] hits) in allHits.Where(WasEntered))
            {
                var comparison = new BlockComparison(unpruned.Results[file].Points, exact.Results[file].Points);
                HashSet<int> varying = MethodsThatVary(exact.Modules[file]);
                List<BlockIdentity> wrong = comparison.Compare(hits, exactHits[file]).Wrong.FindAll(block => !varying.Contains(block.Method));
                Assert.True(wrong.Count == 0, $"{workload} in {file}: covered differently: {string.Join(", ", wrong.Take(5))}");
            }
        }
    }

    private static bool WasEntered(KeyValuePair<string, byte[]> hits) => hits.Value.AsSpan().ContainsAnyExcept((byte)0);

    // The buckets of this table follow a seed that is the time of day, so two runs never take the same way through it.
    private static HashSet<int> MethodsThatVary(InstrumentedModule module) =>
        [.. (module.Assembly.GetType("Newtonsoft.Json.DefaultJsonNameTable")?.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) ?? [])
            .Select(method => method.MetadataToken)];

    private static void AssertCallsAgree(InstrumentedWorkloads workloads, Dictionary<string, byte[]> hits)
    {
        long[] pcCalls = new long[CountingCallbacks.PcCalls.Length];
        long total = 0;
        foreach ((string file, InstrumentedModule module) in workloads.Modules)
        {
            for (int point = 0; point < module.Points.PointCount; point++)
            {
                long calls = CountingCallbacks.GuardCalls[module.Guards[point]];
                if (Math.Min(calls, byte.MaxValue) != hits[file][point])
                {
                    Assert.Fail($"{file}: point {point} counted {hits[file][point]}, its guard was called {calls} times");
                }

                pcCalls[CountingCallbacks.PlaceOf(module.FirstPoint + point)] += calls;
                total += calls;
            }
        }

        Assert.True(total > 10_000, $"only {total} calls");
        Assert.True(pcCalls.AsSpan().SequenceEqual(CountingCallbacks.PcCalls), "trace-pc was called more or less often than the guards");
    }
}
