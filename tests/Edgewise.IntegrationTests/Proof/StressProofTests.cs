using System.Collections.Concurrent;
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

    private static string Original(string program, string tiered) => Originals.GetOrAdd((program, tiered), key => new Lazy<string>(() =>
    {
        using var folder = new ProgramFolder(key.Program, [], new InstrumentationOptions());
        return folder.Run(["DOTNET_RuntimeAsync=1", key.Environment]);
    })).Value;
}
