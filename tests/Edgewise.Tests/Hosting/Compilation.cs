using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Edgewise.Tests.Hosting;

/// <summary>Compiles small assemblies for tests.</summary>
internal static class Compilation
{
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p))];

    /// <summary>Compiles a library.</summary>
    /// <param name="folder">Where it is written.</param>
    /// <param name="name">Name of the assembly.</param>
    /// <param name="source">Its source.</param>
    /// <param name="references">Paths of assemblies that it uses beside the framework and this program's.</param>
    /// <returns>Path of the .dll.</returns>
    public static string Library(TemporaryFolder folder, string name, string source, params string[] references) =>
        Compile(folder, name, source, OutputKind.DynamicallyLinkedLibrary, references);

    /// <summary>Compiles a program that uses System.CommandLine, with that and another package beside it.</summary>
    /// <returns>Path of the .dll.</returns>
    public static string Harness(TemporaryFolder folder)
    {
        string path = Compile(
            folder,
            "Harness",
            "class Program { static int Main(string[] a) => new System.CommandLine.RootCommand().Parse(a).Invoke(); }",
            OutputKind.ConsoleApplication);
        folder.Copy(Path.Combine(AppContext.BaseDirectory, "edgewise.runtimeconfig.json"), "Harness.runtimeconfig.json");
        folder.Copy(Path.Combine(AppContext.BaseDirectory, "System.CommandLine.dll"));
        folder.Copy(Path.Combine(AppContext.BaseDirectory, "Spectre.Console.dll"));
        return path;
    }

    /// <summary>Compiles a library that needs no file.</summary>
    /// <param name="name">Name of the assembly.</param>
    /// <param name="source">Its source.</param>
    /// <param name="level">Whether it is optimised.</param>
    /// <param name="features">Names of the compiler's own switches that are to be set.</param>
    public static byte[] Image(string name, string source, OptimizationLevel level = OptimizationLevel.Release, params string[] features)
    {
        using MemoryStream image = new();
        Assert.Empty(Create(name, source, OutputKind.DynamicallyLinkedLibrary, level, features)
            .Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        return image.ToArray();
    }

    /// <summary>Compiles a library without optimisation, with a portable PDB beside it.</summary>
    /// <param name="name">Name of the assembly.</param>
    /// <param name="source">Its source.</param>
    /// <param name="path">What the PDB calls the source.</param>
    public static (byte[] Image, byte[] Pdb) WithPdb(string name, string source, string path)
    {
        using MemoryStream image = new();
        using MemoryStream pdb = new();
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, path: path, encoding: System.Text.Encoding.UTF8, cancellationToken: TestContext.Current.CancellationToken);
        CSharpCompilation compilation = Create(name, string.Empty, OutputKind.DynamicallyLinkedLibrary, OptimizationLevel.Debug).RemoveAllSyntaxTrees().AddSyntaxTrees(tree);
        Assert.Empty(compilation.Emit(
            image, pdb, options: new Microsoft.CodeAnalysis.Emit.EmitOptions(debugInformationFormat: Microsoft.CodeAnalysis.Emit.DebugInformationFormat.PortablePdb),
            cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        return (image.ToArray(), pdb.ToArray());
    }

    private static string Compile(TemporaryFolder folder, string name, string source, OutputKind kind, params string[] references)
    {
        string path = folder.At(name + ".dll");
        Assert.Empty(Create(name, source, kind).AddReferences(references.Select(reference => MetadataReference.CreateFromFile(reference))).Emit(path, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        return path;
    }

    private static CSharpCompilation Create(
        string name, string source, OutputKind kind, OptimizationLevel level = OptimizationLevel.Release, params string[] features) => CSharpCompilation.Create(
        name,
        [CSharpSyntaxTree.ParseText(
            source,
            CSharpParseOptions.Default.WithFeatures(features.Select(feature => KeyValuePair.Create(feature, "true"))),
            cancellationToken: TestContext.Current.CancellationToken)],
        References,
        new CSharpCompilationOptions(kind, allowUnsafe: true, optimizationLevel: level));
}
