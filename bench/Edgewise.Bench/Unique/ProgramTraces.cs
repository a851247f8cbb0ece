using System.Reflection;
using Edgewise.Bench.Overhead;
using Edgewise.Bench.Targets;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Sessions;
using Workloads;

namespace Edgewise.Bench.Unique;

/// <summary>Traces of .NET programs, taken by sessions of the Runtime: the parser in loops, and whole workloads.</summary>
internal static class ProgramTraces
{
    private const int Words = 16 << 20;

    private static readonly InstrumentationOptions Options = new()
    {
        Features = CoverageFeatures.TracePc,
        Pruning = Pruning.Exact,
        Callbacks = SessionCallbackClass.Instance,
    };

    /// <summary>Takes them.</summary>
    /// <param name="report">Told of what is under way.</param>
    /// <param name="isQuick">True: without Roslyn's.</param>
    public static IEnumerable<EventTrace> Take(Action<string> report, bool isQuick)
    {
        Action parse = Parser();
        for (int events = 100; events <= 1_000_000; events *= 10)
        {
            if (events != 100_000)
            {
                yield return Loop($".NET loop of {events}", parse, events);
            }
        }

        foreach ((string name, string[] assemblies) in WorkloadOverhead.Subjects)
        {
            if (name is "newtonsoft" or "markdig" || (name == "roslyn" && !isQuick))
            {
                report($"tracing {name} …");
                yield return Of($".NET {name}", Workload(name, assemblies), warmUps: 0);
            }
        }
    }

    // The parser runs until there are so many events; its warm-up is not recorded.
    private static EventTrace Loop(string name, Action action, int events)
    {
        EventTrace whole = Of(name, () =>
        {
            for (int i = 0; i < (events / 100) + 1; i++)
            {
                action();
            }
        });
        return EventTrace.OfPcs(name, whole.Events.Take(events).Select(site => whole.Pcs[site]), events);
    }

    private static EventTrace Of(string name, Action action, int warmUps = 1)
    {
        for (int i = 0; i < warmUps; i++)
        {
            action();
        }

        using TraceSession session = TraceSession.Create(Words);
        session.Enable(TraceModes.TracePc);
        action();
        session.Disable();
        TraceSnapshot found = session.Collect();
        return EventTrace.OfPcs(name, found.Pcs[..Math.Min(found.Pcs.Length, Words)].ToArray(), found.PcAccount.Events);
    }

    private static Action Parser()
    {
        Assembly assembly = JsonParserOverhead.Load(new Variant("session", Options), false).Assembly;
        Func<int> parse = JsonParserOverhead.Bind(assembly, JsonDocuments.Small);
        return () => parse();
    }

    private static Action Workload(string name, string[] assemblies)
    {
        Dictionary<string, byte[]> images = assemblies.ToDictionary(assembly => assembly, assembly => new Variant("session", Options).Prepare(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")), assembly + ".dll"));
        string workloads = typeof(Catalog).Assembly.GetName().Name!;
        images[workloads] = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, workloads + ".dll"));
        MethodInfo run = new VariantContext($"{name} session", images).Open(workloads).GetType(typeof(Catalog).FullName!)!.GetMethod(nameof(Catalog.Run))!;
        Func<string, string> call = run.CreateDelegate<Func<string, string>>();
        return () => call(name);
    }
}
