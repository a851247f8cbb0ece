using System.Text.RegularExpressions;
using Edgewise.Runtime;
using Compilation = Edgewise.Tests.Hosting.Compilation;
using OptimizationLevel = Microsoft.CodeAnalysis.OptimizationLevel;

namespace Edgewise.Tests.Instrumentation.TraceCmp;

/// <summary>The exact sequence of callbacks that C# methods make under <c>trace-cmp</c>, as the compiler emits them with and without optimisation.</summary>
public sealed partial class CompiledMethodTests
{
    private static readonly Dictionary<OptimizationLevel, Lazy<(TracedModule Recorded, TracedModule Tabled)>> Modules = new()
    {
        [OptimizationLevel.Release] = new(() => Load(OptimizationLevel.Release)),
        [OptimizationLevel.Debug] = new(() => Load(OptimizationLevel.Debug)),
    };

    public static TheoryData<string, OptimizationLevel, int> Methods()
    {
        TheoryData<string, OptimizationLevel, int> data = [];
        for (int i = 0; i < CompiledCases.All.Count; i++)
        {
            data.Add(CompiledCases.All[i].Method, OptimizationLevel.Release, i);
            data.Add(CompiledCases.All[i].Method, OptimizationLevel.Debug, i);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_makes_exactly_the_callbacks_of_its_source(string method, OptimizationLevel level, int index)
    {
        Assert.Equal(CompiledCases.All[index].Method, method);
        (TracedModule recorded, TracedModule tabled) = Modules[level].Value;

        Assert.Equal("", recorded.Call($"C{index}", "Run"));
        List<TracedCall> calls = RecordedCalls.Take();

        Assert.Equal(CompiledCases.All[index].Expected, string.Join("; ", calls));
        HoldTheTableAgainst(calls, recorded, tabled, index);
    }

    // The other half of the proof: the Runtime's table, filled by code that differs from that of callbacks.
    private static void HoldTheTableAgainst(List<TracedCall> calls, TracedModule recorded, TracedModule tabled, int index)
    {
        List<RecentCompare> before = [.. tabled.RecentCompares()];
        Assert.Equal("", tabled.Call($"C{index}", "Run"));
        Assert.Equal(LastCalls.Of(calls, recorded), tabled.RecentCompares().Except(before));
    }

    private static (TracedModule Recorded, TracedModule Tabled) Load(OptimizationLevel level)
    {
        IEnumerable<string> classes = CompiledCases.All.Select((known, index) =>
            $"public static unsafe class C{index} {{ public static {ModifiersOfMethod().Replace(known.Method, "", 1)} public static void Run() {{ {known.Call}; }} }}");
        byte[] image = Compilation.Image($"TraceCmpOf{level}", $"{CompiledCases.Types}\n{string.Join('\n', classes)}", level);
        return (new TracedModule(image, RecordedCalls.Class), new TracedModule(image, null));
    }

    [GeneratedRegex("^unsafe ")]
    private static partial Regex ModifiersOfMethod();
}
