using System.Reflection;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.DataFlow;

/// <summary>All data-flow features at once.</summary>
public sealed class CombinedFeatureTests
{
    private const CoverageFeatures Data = CoverageFeatures.TraceCmp | CoverageFeatures.TraceDiv | CoverageFeatures.TraceGep | CoverageFeatures.TraceLoads
        | CoverageFeatures.TraceStores | CoverageFeatures.StackDepth;

    private static readonly byte[] Hand = HandAssembled.Image();

    private static readonly byte[] Hot = Compilation.Image("Hot", """
        public static class Hot
        {
            static int s_sum;
            public static int Run(int n)
            {
                var a = new int[16];
                for (int i = 1; i <= n; i++) { a[i & 15] += Step(i, a); s_sum += a[(i * 3) & 15]; }
                return s_sum;
            }
            static int Step(int i, int[] a) => 1000 / i + System.Math.Max(a[i & 7], 1);
        }
        """);

    public static TheoryData<CoverageFeatures, bool> Combinations => new()
    {
        { Data, false },
        { Data, true },
        { Data | CoverageFeatures.Gated, true },
        { Data | CoverageFeatures.Gated | CoverageFeatures.TracePcGuard | CoverageFeatures.Inline8BitCounters | CoverageFeatures.TracePc, false },
        { Data | CoverageFeatures.InlineBoolFlag | CoverageFeatures.TracePcGuard, true },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_hand_assembled_method_returns_what_it_did(CoverageFeatures features, bool isRecorded)
    {
        using FlowModule module = new(Hand, "Hand", features, isRecorded ? typeof(FlowRecorder) : null, InstrumentationLevel.Edge);

        foreach (string name in HandAssembled.Names)
        {
            for (int argument = -1; argument < 9; argument++)
            {
                // Trace compares the two results.
                module.Trace(name, argument);
            }
        }

        Assert.Equal(Data.HasFlag(CoverageFeatures.StackDepth), module.Result.Sites.Count > 2);
    }

    [Fact]
    public void Deep_mutual_recursion_by_tail_calls_keeps_its_stack()
    {
        using FlowModule module = new(Hand, "Hand", Data, null, InstrumentationLevel.Edge);

        Assert.Equal("0", module.Call("IsEven", 2_000_001));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_million_callbacks_allocate_nothing(bool isNamed)
    {
        using FlowModule module = new(Hot, "Hot", Data, isNamed ? typeof(FlowCounter) : null);
        Func<int, int> run = module.Instrumented.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<Func<int, int>>();
        run(1000);
        long callsBefore = FlowCounter.Calls;
        long once = AllocatedBytes.LeastOfFive(() => run(1));

        long often = AllocatedBytes.LeastOfFive(() => run(200_000));

        // The method itself makes one array a call.
        Assert.Equal(once, often);
        Assert.Equal(isNamed, FlowCounter.Calls - callsBefore > 1_000_000);
    }

    [Fact]
    public void Methods_that_a_compiler_gave_one_body_are_each_traced_by_their_own_types()
    {
        byte[] image = Compilation.Image("Twins", """
            public static class Twins
            {
                public static int Int(int a, int b) => a / b;
                public static long Long(long a, long b) => a / b;
                public static uint Third(uint a, uint b) => a % b;
                public static ulong Fourth(ulong a, ulong b) => a % b;
            }
            """);
        using FlowModule module = new(image, "Twins", CoverageFeatures.TraceDiv | CoverageFeatures.TracePcGuard, typeof(FlowRecorder), InstrumentationLevel.Edge);

        Assert.Equal("Guard; Div4 5", module.Trace("Int", 17, 5));
        Assert.Equal("Guard; Div8 8589934593", module.Trace("Long", 17L, (1L << 33) + 1));
        Assert.Equal("Guard; Div4 -1", module.Trace("Third", 17u, uint.MaxValue));
        Assert.Equal("Guard; Div8 -1", module.Trace("Fourth", 17UL, ulong.MaxValue));
        Assert.Equal(2, module.Result.Points.PointCount);
    }
}
