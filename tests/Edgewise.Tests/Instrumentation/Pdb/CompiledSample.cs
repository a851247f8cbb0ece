using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Edgewise.Tests.Instrumentation.Pdb;

/// <summary>A small program compiled for the tests, with every kind of debug information that holds IL offsets.</summary>
/// <param name="Image">The assembly.</param>
/// <param name="Pdb">The PDB beside it, or null where it is embedded.</param>
public sealed record CompiledSample(byte[] Image, byte[]? Pdb)
{
    private static readonly string[] References = ["System.Private.CoreLib", "System.Runtime", "System.Console"];
    private static readonly Lazy<CompiledSample> WithPdbBeside = new(() => Compile(DebugInformationFormat.PortablePdb));
    private static readonly Lazy<CompiledSample> WithPdbEmbedded = new(() => Compile(DebugInformationFormat.Embedded));

    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        public static partial class Sample
        {
            public static async Task<int> Wait(int rounds)
            {
                int sum = 0;
                for (int i = 0; i < rounds; i++)
                {
                    string text = i.ToString();
                    try { await Task.Yield(); sum += text.Length; }
                    catch (InvalidOperationException error) { sum -= error.Message.Length; }
                    finally { await Task.Delay(0); }
                }

                return sum;
            }

            public static async void Forget(int value)
            {
                await Task.Delay(value);
                Console.WriteLine(value);
            }

            public static IEnumerable<int> Count(int limit)
            {
                for (int i = 0; i < limit; i++)
                {
                    int square = i * i;
                    if (square % 3 == 1) { yield return square; }
                }
            }

            public static int Across(int value)
            {
                int result = value + 1;
        #line 1000 "generated/rules.txt"
                result *= 3;
        #line hidden
                result += 7;
        #line 40 "generated/other.txt"
                if (result > 100) { const int Limit = 100; result = Limit; }
        #line default
                Func<int, int> later = x => { int inner = x + result; return inner; };
                return later(2);
            }
        }
        """;

    /// <summary>Path of the source as the compiler was told it.</summary>
    public const string SourcePath = "/_/src/Sample.cs";

    /// <summary>The sample with a portable PDB beside it.</summary>
    public static CompiledSample Beside => WithPdbBeside.Value;

    /// <summary>The sample with its PDB inside.</summary>
    public static CompiledSample Embedded => WithPdbEmbedded.Value;

    /// <summary>Compiles the sample.</summary>
    /// <param name="format">Portable, beside the image, or embedded.</param>
    /// <param name="extra">More C#, to make another build of it.</param>
    public static CompiledSample Compile(DebugInformationFormat format, string extra = "")
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(SourceText.From(Source + extra, Encoding.UTF8), path: SourcePath, cancellationToken: TestContext.Current.CancellationToken)],
            [.. References.Select(name => MetadataReference.CreateFromFile(Path.Combine(framework, name + ".dll")))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, deterministic: true));
        using MemoryStream image = new();
        using MemoryStream? pdb = format == DebugInformationFormat.Embedded ? null : new MemoryStream();
        EmitResult result = compilation.Emit(
            image,
            pdb,
            options: new EmitOptions(debugInformationFormat: format, pdbFilePath: "Sample.pdb", pdbChecksumAlgorithm: System.Security.Cryptography.HashAlgorithmName.SHA256),
            cancellationToken: TestContext.Current.CancellationToken);
        return result.Success
            ? new CompiledSample(image.ToArray(), pdb?.ToArray())
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }
}
