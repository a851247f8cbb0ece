using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.IntegrationTests.Proof;

/// <summary>Points, PCs and methods left out, over everything there is.</summary>
public sealed class PointProofTests
{
    [Theory]
    [InlineData(Pruning.Exact)]
    [InlineData(Pruning.Llvm)]
    [InlineData(Pruning.None)]
    public void Points_and_PCs_are_one_to_one_and_hardly_a_method_is_left_out_of_the_packages(Pruning pruning)
    {
        foreach (string file in RealAssemblies.All)
        {
            AssertPoints(Path.Combine(RealAssemblies.Folder, file), pruning);
        }
    }

    [Fact]
    public void Points_and_PCs_are_one_to_one_and_hardly_a_method_is_left_out_of_the_framework()
    {
        int files = 0;
        int points = 0;
        foreach (string path in Directory.GetFiles(RealAssemblies.FrameworkFolder, "*.dll").Where(HasBodies))
        {
            files++;
            points += AssertPoints(path, Pruning.None);
        }

        Assert.True(files > 80 && points > 300_000, $"only {files} files with {points} points");
    }

    private static int AssertPoints(string path, Pruning pruning)
    {
        byte[] image = File.ReadAllBytes(path);
        string file = Path.GetFileName(path);
        InstrumentationResult result = Instrumenter.Instrument(image, null, file, new InstrumentationOptions { Pruning = pruning });
        PointSet points = result.Points;

        Assert.Equal(points.PointCount, points.Pcs.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, points.PointCount), points.Blocks.Select(block => block.Point).Where(point => point >= 0));
        Assert.True(result.LeftOut.Count <= result.MethodCount / 1000, $"{file}: {result.LeftOut.Count} of {result.MethodCount} methods were left out");
        foreach (PointMethod method in points.Methods)
        {
            AssertTiled(points, method, file);
        }

        return points.PointCount;
    }

    // PCs lie in the method's body; its blocks cover the body without gap or overlap.
    private static void AssertTiled(PointSet points, PointMethod method, string file)
    {
        ReadOnlySpan<int> pcs = points.Pcs.AsSpan(method.FirstPoint, method.PointCount);
        int end = 0;
        bool inside = true;
        foreach (PointBlock block in points.Blocks.AsSpan(method.FirstBlock, method.BlockCount))
        {
            inside &= block.Start == end;
            end = block.Start + block.Length;
        }

        foreach (int pc in pcs)
        {
            inside &= pc >= method.Rva && pc < method.Rva + method.CodeSize;
        }

        Assert.True(inside && end == method.CodeSize, $"{file}: blocks or PCs of method 0x{method.Token:x8} do not fit its body");
    }

    private static bool HasBodies(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        return Path.GetFileName(path) != "System.Private.CoreLib.dll" && image.HasMetadata && image.GetMetadataReader() is { } reader
            && reader.MethodDefinitions.Any(handle => reader.GetMethodDefinition(handle).RelativeVirtualAddress != 0);
    }
}
