using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>A program full of odd control flow prints the same, stack traces with files and lines included, however it is compiled, instrumented and jitted.</summary>
public sealed class StressProofTests
{
    private static readonly ConcurrentDictionary<(string Program, string Environment), Lazy<string>> Originals = new();

    public static TheoryData<string, Pruning, CoverageFeatures> Combinations()
    {
        var data = new TheoryData<string, Pruning, CoverageFeatures>();
        foreach (string program in (string[])["Stress", "StressUnoptimized", "StressRuntimeAsync"])
        {
            data.Add(program, Pruning.Exact, CoverageFeatures.Inline8BitCounters);
            data.Add(program, Pruning.Llvm, CoverageFeatures.Inline8BitCounters | CoverageFeatures.NeverZero | CoverageFeatures.InlineBoolFlag);
            data.Add(program, Pruning.None, CoverageFeatures.InlineBoolFlag);
            data.Add(program, Pruning.Exact, CoverageFeatures.Inline8BitCounters | CoverageFeatures.TraceCmp);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void The_stress_program_prints_the_same_under_either_jit(string program, Pruning pruning, CoverageFeatures features)
    {
        using var folder = new ProgramFolder(program, [program + ".dll"], new InstrumentationOptions { Pruning = pruning, Features = features });
        foreach (string tiered in (string[])["DOTNET_TieredCompilation=1", "DOTNET_TieredCompilation=0"])
        {
            Assert.Equal(Original(program, tiered), folder.Run(["DOTNET_RuntimeAsync=1", tiered]));
        }
    }

    [Theory]
    [InlineData("Stress")]
    [InlineData("StressUnoptimized")]
    public void Exact_pruning_loses_nothing_of_what_all_points_tell_of_any_scenario(string program)
    {
        byte[] image = File.ReadAllBytes(Path.Combine(RealAssemblies.FolderOf(program), program + ".dll"));
        var options = new InstrumentationOptions { Pruning = Pruning.None, Features = CoverageFeatures.Inline8BitCounters | CoverageFeatures.NeverZero };
        InstrumentationResult unpruned = Instrumenter.Instrument(image, null, program + ".dll", options);
        PointSet exact = Instrumenter.Instrument(image, null, program + ".dll", options with { Pruning = Pruning.Exact, PruneEntry = true }).Points;
        var comparison = new BlockComparison(unpruned.Points, exact);
        Assembly assembly = new AssemblyLoadContext(program).LoadFromStream(new MemoryStream(unpruned.Image));
        var module = new InstrumentedModule(assembly, unpruned.Points);

        foreach (Type scenario in assembly.GetExportedTypes().Where(type => type.GetMethod("Run") is not null))
        {
            module.Counters.Clear();
            scenario.GetMethod("Run")!.Invoke(null, [Activator.CreateInstance(assembly.GetType("Stress.Report")!)]);
            byte[] hits = module.Counters.ToArray();

            (List<BlockIdentity> wrong, int covered) = comparison.Compare(hits, comparison.Prune(hits));

            Assert.True(wrong.Count == 0 && covered > 50, $"{scenario.Name}: {covered} covered, recovered wrongly: {string.Join(", ", wrong.Take(5))}");
        }
    }

    private static string Original(string program, string tiered) => Originals.GetOrAdd((program, tiered), key => new Lazy<string>(() =>
    {
        using var folder = new ProgramFolder(key.Program, [], new InstrumentationOptions());
        return folder.Run(["DOTNET_RuntimeAsync=1", key.Environment]);
    })).Value;
}
