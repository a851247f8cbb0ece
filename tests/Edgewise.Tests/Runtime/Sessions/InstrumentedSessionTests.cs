using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Edgewise.Instrumentation;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Sessions;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Runtime.Sessions;

/// <summary>Sessions over code that was compiled from C# and instrumented.</summary>
public sealed class InstrumentedSessionTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        public static class Library
        {
            public static int Loops(int n)
            {
                int sum = 0;
                do { sum += n % 3 == 0 ? 2 : 1; } while (--n > 0);
                return sum;
            }

            public static string Catches(int n)
            {
                try { return Throws(n); }
                catch (InvalidOperationException e) when (e.Message.Length > n) { return e.Message; }
                finally { Cleanup(); }
            }

            public static int Compares(int x) => x == 42 ? 1 : 2;

            public static int Generic(int n) { var list = new List<int>(); foreach (int i in Iterate<int>(n)) { list.Add(i); } return list.Count; }

            public static void Calls(Action<int> inside) { for (int i = 0; i < 4; i++) { inside(i); } }

            public static async Task<int> Awaits(Func<Task> pause, int n)
            {
                int sum = 0;
                for (int i = 0; i < n; i++) { await pause(); sum += i; }
                return sum;
            }

            private static string Throws(int n) => n > 2 ? throw new InvalidOperationException("thrown" + n) : "none";
            private static void Cleanup() { }
            private static IEnumerable<int> Iterate<T>(int n) { for (int i = 0; i < n; i++) { if (i % 2 == 0) { yield return i; } } }
        }
        """;

    private static readonly byte[] Image = Compilation.Image("Library", Source);
    private static readonly Lazy<Assembly> Original = new(() => Load(Image));
    private static readonly Lazy<(Assembly Assembly, PointSet Points)> Traced = new(() =>
    {
        InstrumentationResult result = Instrumenter.Instrument(Image, null, "Library.dll", new InstrumentationOptions
        {
            Features = CoverageFeatures.TracePc | CoverageFeatures.TraceCmp,
            Pruning = Pruning.None,
            Callbacks = SessionCallbackClass.Instance,
        });
        Assert.Empty(result.LeftOut);
        Host.Install();
        return (Load(result.Image), result.Points);
    });

    [Theory]
    [InlineData("Loops", 7)]
    [InlineData("Catches", 1)]
    [InlineData("Catches", 3)]
    [InlineData("Catches", 6)]
    [InlineData("Compares", 42)]
    [InlineData("Generic", 9)]
    public void Instrumented_methods_do_what_they_did_and_unique_is_what_raw_has_once(string method, int argument)
    {
        object? expected = Call(Original.Value, method, argument), actual = null;
        Call(Traced.Value.Assembly, method, argument);

        TraceSnapshot raw = Pass.Traced(TraceModes.TracePc, () => actual = Call(Traced.Value.Assembly, method, argument));
        TraceSnapshot unique = Pass.Traced(TraceModes.UniqPc | TraceModes.UniqEdge, () => Call(Traced.Value.Assembly, method, argument));

        Assert.Equal(expected, actual);
        ulong[] pcs = raw.Pcs.ToArray();
        Assert.Equal(pcs.Distinct(), unique.Pcs.ToArray());
        Assert.Equal(pcs.Zip(pcs.Prepend(0UL), (to, from) => new TraceEdge(from, to)).Distinct(), unique.Edges);
        HashSet<uint> known = [.. Traced.Value.Points.Pcs.Select(pc => (uint)pc)];
        Assert.NotEmpty(pcs);
        Assert.All(pcs, pc => Assert.Contains((uint)pc, known));
    }

    [Fact]
    public void A_loop_is_passed_as_often_as_it_runs()
    {
        TraceSnapshot seven = Pass.Traced(TraceModes.UniqPc, () => Call(Traced.Value.Assembly, "Loops", 6));
        TraceSnapshot many = Pass.Traced(TraceModes.UniqPc, () => Call(Traced.Value.Assembly, "Loops", 600));

        Assert.Equal(seven.Pcs.ToArray(), many.Pcs.ToArray());
        Assert.True(many.PcAccount.Events > 90 * seven.PcAccount.Events, $"{many.PcAccount.Events} events of 600 rounds, {seven.PcAccount.Events} of 6");
    }

    [Fact]
    public void A_session_is_enabled_and_disabled_within_a_method_that_is_on_the_stack()
    {
        using TraceSession session = TraceSession.Create(1024);
        Action<int> inside = i =>
        {
            if (i == 1)
            {
                session.Enable(TraceModes.TracePc);
            }
            else if (i == 3)
            {
                session.Disable();
            }
        };

        Call(Traced.Value.Assembly, "Calls", inside);

        // Two rounds of the loop, of which it is passed at least one point each: those before and after are not there.
        TraceSnapshot found = session.Collect();
        TraceSnapshot all = Pass.Traced(TraceModes.TracePc, () => Call(Traced.Value.Assembly, "Calls", (Action<int>)(static _ => { })));
        Assert.InRange(found.PcAccount.Events, 2, all.PcAccount.Events - 2);
        Assert.Equal(found.Pcs.Length, found.PcAccount.Events);
    }

    [Fact]
    public async Task Across_awaits_a_flow_has_the_whole_method()
    {
        Func<Func<Task>, int, Task<int>> awaits = Traced.Value.Assembly.GetType("Library")!.GetMethod("Awaits")!.CreateDelegate<Func<Func<Task>, int, Task<int>>>();
        await awaits(Pause, 3);
        TraceSnapshot few = await Flow(5), many = await Flow(50);

        // A session of the thread alone ends where the thread turns to something else, so that only the first step is in it.
        using TraceSession own = TraceSession.Create(4096);
        own.Enable(TraceModes.TracePc);
        Task<int> started = awaits(Pause, 50);
        own.Disable();
        Assert.Equal(1225, await started);

        Assert.True(few.Pcs.ToArray().ToHashSet().SetEquals(many.Pcs.ToArray()));
        Assert.InRange(many.PcAccount.Events, 5 * few.PcAccount.Events, 20 * few.PcAccount.Events);
        Assert.InRange(own.Collect().PcAccount.Events, 1, many.PcAccount.Events / 10);

        static async Task Pause() => await Task.Yield();

        async Task<TraceSnapshot> Flow(int rounds)
        {
            using TraceSession session = TraceSession.Create(4096);
            using (session.EnableRemote(TraceModes.UniqPc))
            {
                Assert.Equal(rounds * (rounds - 1) / 2, await awaits(Pause, rounds));
            }

            return session.Collect();
        }
    }

    [Fact]
    public void A_comparison_is_told_with_its_constant_first_and_the_PC_of_its_instruction()
    {
        TraceSnapshot found = Pass.Traced(TraceModes.UniqCmp, () =>
        {
            Call(Traced.Value.Assembly, "Compares", 7);
            Call(Traced.Value.Assembly, "Compares", 7);
            Call(Traced.Value.Assembly, "Compares", 42);
        });

        Assert.Equal([(5UL, 42UL, 7UL), (5, 42, 42)], found.Compares.Select(compare => (compare.Type, compare.Left, compare.Right)));
        Assert.Contains((int)(uint)found.Compares[0].Pc, Traced.Value.Points.Sites.Select(site => site.Pc));
        Assert.Equal((3L, 2L), (found.CompareAccount.Events, found.CompareAccount.Recorded));
    }

    private static object? Call(Assembly assembly, string method, object argument) => assembly.GetType("Library")!.GetMethod(method)!.Invoke(null, [argument]);

    private static Assembly Load(byte[] image)
    {
        Assembly assembly = new AssemblyLoadContext("session").LoadFromStream(new MemoryStream(image));
        if (assembly.GetType(Registration.HolderName) is { } holder)
        {
            RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
        }

        return assembly;
    }
}
