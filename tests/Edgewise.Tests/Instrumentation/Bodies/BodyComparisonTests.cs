using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Instrumentation.Bodies;

public sealed class BodyComparisonTests
{
    private const CoverageFeatures Everything =
        CoverageFeatures.Inline8BitCounters | CoverageFeatures.InlineBoolFlag | CoverageFeatures.TracePcGuard | CoverageFeatures.TracePc | CoverageFeatures.PcTable;

    public static TheoryData<string, Pruning, InstrumentationLevel, CoverageFeatures> Combinations()
    {
        var data = new TheoryData<string, Pruning, InstrumentationLevel, CoverageFeatures>();
        foreach (string package in RealAssemblies.SmallPackages)
        {
            data.Add(package, Pruning.Exact, InstrumentationLevel.Edge, CoverageFeatures.Inline8BitCounters | CoverageFeatures.PcTable);
            data.Add(package, Pruning.None, InstrumentationLevel.Edge, Everything);
            data.Add(package, Pruning.Llvm, InstrumentationLevel.Edge, CoverageFeatures.Inline8BitCounters | CoverageFeatures.NeverZero);
            data.Add(package, Pruning.Llvm, InstrumentationLevel.Bb, CoverageFeatures.TracePcGuard);
            data.Add(package, Pruning.None, InstrumentationLevel.Func, CoverageFeatures.TracePc);
        }

        foreach (string package in RealAssemblies.Packages)
        {
            data.Add(package, Pruning.Exact, InstrumentationLevel.Edge, CoverageFeatures.Inline8BitCounters | CoverageFeatures.TraceCmp);
        }

        data.Add("Microsoft.CodeAnalysis.dll", Pruning.None, InstrumentationLevel.Edge, Everything);
        data.Add("Microsoft.CodeAnalysis.CSharp.dll", Pruning.Exact, InstrumentationLevel.Edge, CoverageFeatures.Inline8BitCounters);
        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_body_of_a_package_equals_the_original_once_the_probes_are_taken_out(
        string package, Pruning pruning, InstrumentationLevel level, CoverageFeatures features)
    {
        byte[] original = File.ReadAllBytes(RealAssemblies.Package(package));
        InstrumentationResult result = Instrument(original, package, pruning, level, features);
        using var comparison = new ImageComparison(original, result);

        List<string> differences = comparison.Differences();

        Assert.True(differences.Count == 0, Describe(package, differences));
        Assert.Equal(result.MethodCount, comparison.BodyCount);
        Assert.True(comparison.ProbeCount >= result.Points.PointCount && result.Points.PointCount > 0);
        Assert.Equal(result.Points.Sites.Length, comparison.PieceCount);
    }

    [Fact]
    public void Every_body_of_the_framework_equals_the_original_once_the_probes_are_taken_out()
    {
        var differences = new List<string>();
        int bodies = 0;
        foreach (string path in Directory.GetFiles(RealAssemblies.FrameworkFolder, "System.*.dll").Where(HasBodies))
        {
            byte[] original = File.ReadAllBytes(path);
            string name = Path.GetFileName(path);
            InstrumentationResult result = Instrument(original, name, Pruning.Exact, InstrumentationLevel.Edge, CoverageFeatures.Inline8BitCounters | CoverageFeatures.PcTable);
            using var comparison = new ImageComparison(original, result);
            differences.AddRange(comparison.Differences().Select(difference => $"{name}: {difference}"));
            bodies += comparison.BodyCount;
        }

        Assert.True(differences.Count == 0, Describe("the framework", differences));
        Assert.True(bodies > 70_000, $"only {bodies} bodies were compared");
    }

    private static bool HasBodies(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        return image.HasMetadata && image.GetMetadataReader() is { } reader
            && reader.MethodDefinitions.Any(handle => reader.GetMethodDefinition(handle).RelativeVirtualAddress != 0)
            && Path.GetFileName(path) != "System.Private.CoreLib.dll";
    }

    private static InstrumentationResult Instrument(byte[] image, string name, Pruning pruning, InstrumentationLevel level, CoverageFeatures features) =>
        Instrumenter.Instrument(image, null, name, new InstrumentationOptions { Pruning = pruning, Level = level, Features = features });

    private static string Describe(string what, List<string> differences) =>
        $"{what}: {differences.Count} differences\n{string.Join('\n', differences.Take(20))}";
}
