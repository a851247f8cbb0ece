using System.Diagnostics;
using Edgewise.Bench.Peers;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Bench.Rewriting;

/// <summary>How long it takes to instrument both Roslyn assemblies with their PDBs, in process and warm, and how long Mono.Cecil takes.</summary>
/// <remarks>Reading the files is not timed, and none is written; Mono.Cecil reads its input itself, which is a few milliseconds of its seconds.</remarks>
internal static class InstrumentingTime
{
    private const int Repetitions = 12;
    private const int CecilRepetitions = 2;
    private const double GoalMilliseconds = 120;
    private const double GoalTimesCecil = 20;

    private static readonly string[] Assemblies = ["Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp"];
    private static readonly InstrumentationOptions Options =
        new() { Features = CoverageFeatures.Inline8BitCounters, Pruning = Pruning.Llvm, PruneEntry = true };

    /// <summary>Takes the figures.</summary>
    public static IEnumerable<Measurement> Measure(BenchOptions options, Action<string> report)
    {
        (string Name, byte[] Image, byte[]? Pdb)[] modules = [.. Assemblies.Select(Load)];
        report(string.Join(", ", modules.Select(module =>
            $"{module.Name} {module.Image.Length >> 10} KiB, PDB {(module.Pdb is null ? "none" : $"{module.Pdb.Length >> 10} KiB")}")));

        double own = Least(options.Rounds(Repetitions), () =>
        {
            foreach ((string name, byte[] image, byte[]? pdb) in modules)
            {
                Instrumenter.Instrument(image, pdb, name, Options);
            }
        });
        int probes = 0;
        double cecil = Least(CecilRepetitions, () => probes = Assemblies.Sum(assembly => CecilRewriter.Instrument(PathOf(assembly))));
        report($"Mono.Cecil inserted {probes} probes");
        yield return new("instrument.roslyn.warm.ms", own, "ms", GoalMilliseconds);
        yield return new("instrument.roslyn.cecil.ms", cecil, "ms");
        yield return new("instrument.roslyn.times-cecil", cecil / own, "x", GoalTimesCecil, HigherIsBetter: true);
    }

    private static (string Name, byte[] Image, byte[]? Pdb) Load(string assembly)
    {
        string pdb = Path.ChangeExtension(PathOf(assembly), ".pdb");
        return (assembly + ".dll", File.ReadAllBytes(PathOf(assembly)), File.Exists(pdb) ? File.ReadAllBytes(pdb) : null);
    }

    /// <summary>Milliseconds of the fastest of several repetitions, after as many that are not timed, so that the instrumenter is compiled.</summary>
    private static double Least(int repetitions, Action action)
    {
        double least = double.MaxValue;
        for (int i = 0; i < 2 * repetitions; i++)
        {
            GC.Collect();
            Thread.Sleep(i < repetitions ? 120 : 0);
            long start = Stopwatch.GetTimestamp();
            action();
            if (i >= repetitions)
            {
                least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return least;
    }

    private static string PathOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
}
