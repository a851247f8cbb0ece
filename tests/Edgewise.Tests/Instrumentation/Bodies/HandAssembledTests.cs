using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.Bodies;

/// <summary>Bodies that no compiler writes do the same instrumented as before.</summary>
public sealed class HandAssembledTests
{
    private static readonly byte[] Original = HandAssembled.Image();
    private static readonly int[] Arguments = [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8];

    public static TheoryData<Pruning, CoverageFeatures> Combinations()
    {
        var data = new TheoryData<Pruning, CoverageFeatures>();
        foreach (Pruning pruning in Enum.GetValues<Pruning>())
        {
            data.Add(pruning, CoverageFeatures.Inline8BitCounters);
            data.Add(pruning, CoverageFeatures.Inline8BitCounters | CoverageFeatures.NeverZero | CoverageFeatures.InlineBoolFlag);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_hand_assembled_method_returns_what_it_did(Pruning pruning, CoverageFeatures features)
    {
        InstrumentationResult result = Instrument(pruning, features);
        Type before = Assembly.Load(Original).GetType("Hand")!;
        Type after = Assembly.Load(result.Image).GetType("Hand")!;

        Assert.Empty(result.LeftOut);
        foreach (string name in HandAssembled.Names)
        {
            foreach (int argument in Arguments)
            {
                string expected = $"{name}({argument}) = {Call(before, name, argument)}";
                Assert.Equal(expected, $"{name}({argument}) = {Call(after, name, argument)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_hand_assembled_body_equals_the_original_once_the_probes_are_taken_out(Pruning pruning, CoverageFeatures features)
    {
        InstrumentationResult result = Instrument(pruning, features);
        using var comparison = new ImageComparison(Original, result);

        Assert.Empty(comparison.Differences());
        Assert.Equal(HandAssembled.Names.Count, comparison.BodyCount);
    }

    [Fact]
    public void Deep_mutual_recursion_by_tail_calls_keeps_its_stack()
    {
        Type type = Assembly.Load(Instrument(Pruning.None, CoverageFeatures.Inline8BitCounters).Image).GetType("Hand")!;

        Assert.Equal("0", Call(type, "IsEven", 2_000_001));
    }

    [Fact]
    public void A_short_branch_stays_short_where_it_still_reaches_and_is_widened_where_not()
    {
        const string Method = "ShortBranchAtItsLimit";

        // func: no probe stands between a branch and its target. bb: two do, and there are no stubs that a branch could reach instead.
        Assert.Equal(2, ShortBranches(Original, Method));
        Assert.Equal(2, ShortBranches(Instrument(Pruning.None, CoverageFeatures.Inline8BitCounters, InstrumentationLevel.Func).Image, Method));
        Assert.Equal(1, ShortBranches(Instrument(Pruning.None, CoverageFeatures.Inline8BitCounters, InstrumentationLevel.Bb).Image, Method));
    }

    private static InstrumentationResult Instrument(Pruning pruning, CoverageFeatures features, InstrumentationLevel level = InstrumentationLevel.Edge) =>
        Instrumenter.Instrument(Original, null, "Hand.dll", new InstrumentationOptions { Pruning = pruning, Features = features, Level = level });

    private static string Call(Type type, string name, int argument)
    {
        try
        {
            return type.GetMethod(name)!.Invoke(null, [argument])!.ToString()!;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException!.GetType().Name;
        }
    }

    private static int ShortBranches(byte[] image, string name)
    {
        using var reader = new PEReader(new MemoryStream(image));
        MetadataReader metadata = reader.GetMetadataReader();
        MethodDefinition method = metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Single(candidate => metadata.GetString(candidate.Name) == name);
        return Disassembly.Of(reader.GetMethodBody(method.RelativeVirtualAddress).GetILContent().AsSpan())
            .Count(instruction => instruction.IsConditional && instruction.OpCode.OperandType == System.Reflection.Emit.OperandType.ShortInlineBrTarget);
    }
}
