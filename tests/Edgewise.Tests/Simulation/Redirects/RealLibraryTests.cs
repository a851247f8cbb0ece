using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Edgewise.Instrumentation;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Simulation.Redirects;

/// <summary>Libraries that nobody wrote for simulations, some of them for .NET Standard: what their calls are redirected to is there.</summary>
public sealed class RealLibraryTests
{
    [Theory]
    [InlineData("Polly.Core.dll", 100)]
    [InlineData("ICSharpCode.Decompiler.dll", 20)]
    [InlineData("Mono.Cecil.dll", 2)]
    [InlineData("xunit.v3.core.dll", 100)]
    [InlineData("Microsoft.CodeAnalysis.dll", 100)]
    [InlineData("AngleSharp.dll", 20)]
    [InlineData("Newtonsoft.Json.dll", 10)]
    public void Every_added_reference_resolves(string fileName, int fewest)
    {
        string own = Path.Combine(AppContext.BaseDirectory, fileName);
        byte[] original = File.ReadAllBytes(File.Exists(own) ? own : RealAssemblies.Package(fileName));
        InstrumentationResult result = SimulatedLibrary.Redirect(original);
        using PEReader reader = new(new MemoryStream(original));
        int before = reader.GetMetadataReader().GetTableRowCount(TableIndex.MemberRef);
        using PEReader redirected = new(new MemoryStream(result.Image));
        MetadataReader metadata = redirected.GetMetadataReader();
        Module module = new AssemblyLoadContext(fileName, isCollectible: true).LoadFromStream(new MemoryStream(result.Image)).ManifestModule;

        MethodBase[] targets =
        [
            .. Enumerable.Range(before + 1, metadata.GetTableRowCount(TableIndex.MemberRef) - before)
                .Where(row => IsTarget(metadata, MetadataTokens.MemberReferenceHandle(row)))
                .Select(row => module.ResolveMethod(MetadataTokens.GetToken(MetadataTokens.MemberReferenceHandle(row)))!),
        ];

        Assert.All(targets, target => Assert.True(target is { IsStatic: true, IsPublic: true }));
        Assert.Equal(result.Redirects!.Redirected.Count + (result.Redirects.Announced.Count > 0 ? 1 : 0), targets.Length);
        Assert.InRange(result.Redirects.Redirected.Values.Sum() + result.Redirects.Announced.Values.Sum(), fewest, int.MaxValue);
    }

    private static bool IsTarget(MetadataReader metadata, MemberReferenceHandle handle)
    {
        MemberReference member = metadata.GetMemberReference(handle);
        return member.Parent.Kind == HandleKind.TypeReference
            && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Namespace).StartsWith("Edgewise.Simulation.Redirects", StringComparison.Ordinal);
    }
}
