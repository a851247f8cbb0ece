using System.Reflection;
using Edgewise.Bench.Overhead;
using Edgewise.Bench.Targets;
using Edgewise.Bench.Timing;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique;

/// <summary>What a session costs .NET code: the byte-level JSON parser under each mode, against itself without probes.</summary>
internal static class SessionOverhead
{
    private const int Copies = 3;
    private const int Rounds = 60;
    private const int Words = 64 << 10;
    private const double Goal = 2.5;

    private static readonly Variant Traced = new("session", new InstrumentationOptions
    {
        Features = CoverageFeatures.TracePc,
        Pruning = Pruning.Llvm,
        PruneEntry = true,
        KeepInlined = true,
        Callbacks = SessionCallbackClass.Instance,
    });

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options)
    {
        List<(Assembly Original, Assembly Traced)> loaded = [.. Enumerable.Range(0, Copies).Select(_ => (
            JsonParserOverhead.Load(FeatureVariants.Original, false).Assembly, JsonParserOverhead.Load(Traced, false).Assembly))];
        using TraceSession session = TraceSession.Create(Words);
        foreach ((string name, byte[] document) in new[] { ("small", JsonDocuments.Small), ("large", JsonDocuments.Large) })
        {
            yield return new($"unique.json.{name}.off", Ratio(loaded, document, null, options), "x");
            foreach ((string mode, TraceModes modes, bool resets, double? goal) in new (string, TraceModes, bool, double?)[]
            {
                ("uniq-pc", TraceModes.UniqPc, false, Goal),
                ("uniq-pc.reset", TraceModes.UniqPc, true, Goal),
                ("uniq-edge.reset", TraceModes.UniqEdge, true, null),
                ("pc.reset", TraceModes.TracePc, true, null),
            })
            {
                session.Enable(modes);
                double ratio = Ratio(loaded, document, resets ? session : null, options);
                session.Disable();
                yield return new($"unique.json.{name}.{mode}", ratio, "x", goal);
            }
        }
    }

    // The session that is reset before each run, or none.
    private static double Ratio(List<(Assembly Original, Assembly Traced)> loaded, byte[] document, TraceSession? session, BenchOptions options)
    {
        List<Contender> contenders = [];
        foreach ((Assembly original, Assembly traced) in loaded)
        {
            Func<int> parse = JsonParserOverhead.Bind(traced, document);
            contenders.Add(new Contender("original", JsonParserOverhead.Bind(original, document), []));
            contenders.Add(new Contender("traced", session is null ? parse : () =>
            {
                session.Reset();
                return parse();
            }, []));
        }

        double[] times = Race.Run(contenders, options.Rounds(Rounds));
        double[] ratios = [.. Enumerable.Range(0, Copies).Select(copy => times[(2 * copy) + 1] / times[2 * copy]).Order()];
        return ratios[Copies / 2];
    }
}
