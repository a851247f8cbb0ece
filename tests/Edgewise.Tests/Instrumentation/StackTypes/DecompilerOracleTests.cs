using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Tests.Instrumentation.Bodies;
using ICSharpCode.Decompiler.IL;
using ICSharpCode.Decompiler.Metadata;
using ICSharpCode.Decompiler.TypeSystem;
using Kind = ICSharpCode.Decompiler.IL.StackType;

namespace Edgewise.Tests.Instrumentation.StackTypes;

/// <summary>A second opinion: ILSpy's reader infers the stack's types too, in its own way.</summary>
public sealed class DecompilerOracleTests
{
    [Theory]
    [InlineData("Newtonsoft.Json.dll")]
    [InlineData("YamlDotNet.dll")]
    [InlineData("Markdig.dll")]
    [InlineData("System.Text.RegularExpressions.dll")]
    [InlineData("System.Collections.Immutable.dll")]
    public void Every_comparison_and_division_has_the_stack_type_that_a_decompiler_infers(string fileName)
    {
        string package = RealAssemblies.Package(fileName);
        string path = File.Exists(package) ? package : Path.Combine(RealAssemblies.FrameworkFolder, fileName);
        using AssemblyFolders folders = new([RealAssemblies.WorkloadsFolder, RealAssemblies.FrameworkFolder]);
        using AnalysedModule module = new(File.ReadAllBytes(path), AnalysedModule.ValueSites, new ReferencedTypes(folders.Open));
        ILReader decompiler = Open(path);
        List<string> differences = [];
        int compared = 0;
        int sites = 0;

        foreach (MethodDefinitionHandle method in module.Methods())
        {
            module.Analyse(method);
            Dictionary<int, Kind> expected = Infer(decompiler, method, module.BlockOf(method));
            foreach (ref readonly StackSite site in module.Analysis.Sites)
            {
                sites += site.Kind is SiteKinds.Comparisons or SiteKinds.Divisions ? 1 : 0;
                if (expected.TryGetValue(site.Offset, out Kind kind))
                {
                    compared++;
                    if (KindOf(site.Type.Kind()) != kind)
                    {
                        differences.Add($"{module.NameOf(method)} IL_{site.Offset:x4}: {site.Type}, but {kind}");
                    }
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
        Assert.True(sites > 400 && compared >= sites, $"only {compared} of {sites} sites were compared");
    }

    private static ILReader Open(string path)
    {
        PEFile file = new(path, PEStreamOptions.PrefetchEntireImage);
        UniversalAssemblyResolver resolver = new(path, throwOnError: false, ".NETCoreApp,Version=v10.0");
        resolver.AddSearchDirectory(RealAssemblies.WorkloadsFolder);
        resolver.AddSearchDirectory(RealAssemblies.FrameworkFolder);
        return new ILReader(new DecompilerTypeSystem(file, resolver).MainModule);
    }

    private static Dictionary<int, Kind> Infer(ILReader decompiler, MethodDefinitionHandle method, MethodBodyBlock body)
    {
        Dictionary<int, Kind> kinds = [];

        foreach (ILInstruction instruction in decompiler.ReadIL(method, body).Descendants)
        {
            switch (instruction)
            {
                case Comp { Left: Comp { ILRangeIsEmpty: true } negated } comparison: // bge and its like on floating point
                    kinds.Add(comparison.StartILOffset, negated.InputType);
                    break;
                case Comp { ILRangeIsEmpty: false } comparison:
                    kinds.Add(comparison.StartILOffset, comparison.InputType);
                    break;
                case BinaryNumericInstruction { Operator: BinaryNumericOperator.Div or BinaryNumericOperator.Rem } division:
                    kinds.Add(division.StartILOffset, division.ResultType);
                    break;
            }
        }

        return kinds;
    }

    private static Kind KindOf(StackKind kind) => kind switch
    {
        StackKind.I4 => Kind.I4,
        StackKind.I8 => Kind.I8,
        StackKind.NativeInt => Kind.I,
        StackKind.F4 => Kind.F4,
        StackKind.F8 => Kind.F8,
        StackKind.O => Kind.Obj,
        StackKind.ManagedPointer => Kind.Ref,
        StackKind.ValueType => Kind.VT,
        _ => Kind.Unknown,
    };
}
