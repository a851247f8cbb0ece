using System.Text;
using Edgewise.Instrumentation;
using Edgewise.Report;
using Edgewise.Report.Building;
using Edgewise.Report.Model;
using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Symbols;
using Edgewise.Tests.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Edgewise.Tests.Report;

/// <summary>A module compiled of a few lines of C#, with its PDB, instrumented; the lines whose points are hit are named.</summary>
internal sealed class CompiledModule : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CompiledModule(string source, Pruning pruning = Pruning.Exact, string? sourceLink = null, bool isEmbedded = false)
    {
        SourcePath = _folder.File("source/Program.cs");
        Directory.CreateDirectory(_folder.File("source"));
        File.WriteAllText(SourcePath, source);
        SourceText text = SourceText.From(source, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, path: SourcePath, cancellationToken: TestContext.Current.CancellationToken);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Compiled", [tree], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using MemoryStream image = new(), pdb = new();
        EmitResult result = compilation.Emit(
            image, pdb, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb),
            sourceLinkStream: sourceLink is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(sourceLink)),
            embeddedTexts: isEmbedded ? [EmbeddedText.FromSource(SourcePath, text)] : null,
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        ImagePath = _folder.File("Compiled.dll");
        File.WriteAllBytes(ImagePath, image.ToArray());
        File.WriteAllBytes(Path.ChangeExtension(ImagePath, ".pdb"), pdb.ToArray());
        Points = Instrumenter.Instrument(image.ToArray(), pdb.ToArray(), "Compiled.dll", new InstrumentationOptions { Pruning = pruning }).Points;
        Symbols = ModuleSymbols.Open(ImagePath);
    }

    public string SourcePath { get; }

    public string ImagePath { get; }

    public string Folder => _folder.Path;

    public PointSet Points { get; }

    public ModuleSymbols Symbols { get; }

    /// <summary>The module with those points hit that stand on some lines.</summary>
    public ModuleCoverage Hit(Func<int, bool> isHit) => new(Points, [.. Enumerable.Range(0, Points.PointCount).Select(point => isHit(LineOf(point)) ? (byte)1 : (byte)0)], Symbols);

    /// <summary>A report with those points hit that stand on some lines.</summary>
    public CoverageReport Report(Func<int, bool> isHit, params PointHits[] hits)
    {
        ReportBuilder builder = new(new ReportOptions { Hits = hits });
        builder.Add(Hit(isHit));
        return builder.ToReport();
    }

    /// <summary>PCs of the points on a line.</summary>
    public IEnumerable<ulong> PcsOn(int line) => Enumerable.Range(0, Points.PointCount).Where(point => LineOf(point) == line).Select(point => (ulong)(uint)Points.Pcs[point]);

    public void Dispose()
    {
        Symbols.Dispose();
        _folder.Dispose();
    }

    private int LineOf(int point)
    {
        PointMethod method = Points.Methods[Points.MethodOfPoint(point)];
        return Symbols.LocationOf(method.Token, Points.Pcs[point] - method.Rva)?.Line ?? 0;
    }
}
