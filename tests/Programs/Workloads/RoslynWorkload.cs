using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Workloads;

/// <summary>Compiles a generated program on one thread, then runs it.</summary>
public static class RoslynWorkload
{
    private const int ClassCount = 24;

    private static readonly string[] References = ["System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq"];

    /// <summary>Compiles and runs <see cref="GeneratedProgram"/>; returns the image and symbols that were emitted, and what the program said.</summary>
    public static string Run() => Run(ClassCount);

    /// <summary>The same for a program of another size.</summary>
    public static string Run(int classCount)
    {
        (byte[] image, byte[] symbols, string messages) = Compile(classCount);
        var context = new AssemblyLoadContext("compiled", isCollectible: true);
        string output;
        try
        {
            Type program = context.LoadFromStream(new MemoryStream(image), new MemoryStream(symbols)).GetType("Program", throwOnError: true)!;
            output = (string)program.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, null)!;
        }
        finally
        {
            context.Unload();
        }

        Check.That(output.Split('\n').Length == classCount + 1, "the program says one line a class");
        Check.That(output.Contains("caught", StringComparison.Ordinal), "the program catches its exception");
        return string.Join('\f', Convert.ToHexString(image), Convert.ToHexString(symbols), messages, output);
    }

    /// <summary>Compiles a program of <paramref name="classCount"/> classes; also one with errors, whose messages are returned.</summary>
    public static (byte[] Image, byte[] Symbols, string Messages) Compile(int classCount)
    {
        CSharpCompilation compilation = Create(GeneratedProgram.Write(classCount));
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Check.That(result.Success, string.Join('\n', result.Diagnostics));
        IEnumerable<Diagnostic> messages = result.Diagnostics.Concat(Create(Broken).GetDiagnostics());
        return (image.ToArray(), symbols.ToArray(), string.Join('\n', messages));
    }

    private const string Broken = """
        class A : B, IDisposable { int x = "s"; void M(out int y) { undefined(); return 1; } }
        class C<T> where T : C<T> { async int F() { await 3; } int this[ int i { get; }
        """;

    private static CSharpCompilation Create(string source)
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<MetadataReference> references = References.Select(name => MetadataReference.CreateFromFile(Path.Combine(framework, name + ".dll")));
        return CSharpCompilation.Create(
            "Generated",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Diagnose), path: "generated.cs", encoding: System.Text.Encoding.UTF8)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, concurrentBuild: false, deterministic: true));
    }
}
