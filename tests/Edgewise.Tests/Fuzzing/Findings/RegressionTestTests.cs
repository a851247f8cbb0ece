using System.Reflection;
using System.Runtime.Loader;
using Edgewise.Annotations;
using Edgewise.Fuzzing.Findings;
using Edgewise.Hosting.Targets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Edgewise.Tests.Fuzzing.Findings;

public sealed class RegressionTestTests
{
    [Theory]
    [InlineData(nameof(Targets.Bytes))]
    [InlineData(nameof(Targets.Span))]
    [InlineData(nameof(Targets.Text))]
    [InlineData(nameof(Targets.Read))]
    [InlineData(nameof(Targets.Later))]
    [InlineData(nameof(Targets.Provided))]
    [InlineData(nameof(Targets.Values))]
    public async Task A_test_compiles_and_fails_as_long_as_the_defect_is_there(string method)
    {
        var target = FuzzTarget.Bind(typeof(Targets).GetMethod(method)!);

        Exception? thrown = await Run(target, Sample("X\"\\é"u8.ToArray()));

        Assert.IsType<NotSupportedException>(thrown);
    }

    [Fact]
    public async Task A_test_of_a_defect_that_is_mended_passes_and_what_the_target_expects_is_no_failure()
    {
        var target = FuzzTarget.Bind(typeof(Targets).GetMethod(nameof(Targets.Expecting))!);

        Assert.Null(await Run(target, Sample([])));
        Assert.Null(await Run(target, Sample("F"u8.ToArray())));
        Assert.IsType<NotSupportedException>(await Run(target, Sample("X"u8.ToArray())));
    }

    [Fact]
    public void A_title_cannot_break_out_of_its_comment()
    {
        Finding finding = Sample([1]) with { Title = "a\n}</summary> & b\u2028c" };

        string source = RegressionTest.Render(finding, new TestCall("t", "_ = input;", false, []), "Tests");

        Assert.Contains("found: a }&lt;/summary&gt; &amp; b c</summary>\n", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("packet", "PacketCrash_")]
    [InlineData("Lib.Parser.Parse", "LibParserParseCrash_")]
    [InlineData("7z", "Target7zCrash_")]
    public void A_test_is_called_after_its_target_and_input(string target, string start) =>
        Assert.Equal(start + "bf8b4530", RegressionTest.NameOf(Sample([1]), new TestCall(target, "", false, [])));

    [Fact]
    public void A_long_input_stands_in_base_64() =>
        Assert.Contains("Convert.FromBase64String(\"AAAA", RegressionTest.Render(Sample(new byte[5000]), new TestCall("t", "", false, []), "Tests"), StringComparison.Ordinal);

    private static Finding Sample(byte[] input) => new() { Kind = FindingKind.Crash, Signature = "exception E < A.B", Title = "E: message", Details = "", Input = input };

    private static async Task<Exception?> Run(FuzzTarget target, Finding finding)
    {
        var call = TestCall.Of(target);
        string source = RegressionTest.Render(finding, call, "Emitted");
        string[] references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            $"Emitted-{Guid.NewGuid():N}", [CSharpSyntaxTree.ParseText(source)], references.Select(path => MetadataReference.CreateFromFile(path)), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, $"{string.Join('\n', result.Diagnostics)}\n{source}");
        image.Position = 0;
        Assembly assembly = AssemblyLoadContext.Default.LoadFromStream(image);
        Type type = Assert.Single(assembly.GetExportedTypes());
        MethodInfo method = Assert.Single(type.GetMethods(), known => known.GetCustomAttribute<FactAttribute>() is not null);
        try
        {
            if (method.Invoke(Activator.CreateInstance(type), null) is Task task)
            {
                await task;
            }

            return null;
        }
        catch (TargetInvocationException failure)
        {
            return failure.InnerException;
        }
        catch (NotSupportedException failure)
        {
            return failure;
        }
    }

    public static class Targets
    {
        public static void Bytes(byte[] input) => Fail(input);

        public static int Span(ReadOnlySpan<byte> input) => Fail(input);

        public static void Text(string input) => Fail(System.Text.Encoding.UTF8.GetBytes(input));

        public static void Read(Stream input) => Fail([(byte)input.ReadByte()]);

        public static async Task Later(byte[] input)
        {
            await Task.Yield();
            Fail(input);
        }

        public static void Provided(FuzzedDataProvider provider) => Fail(provider.ConsumeRemainingBytes());

        public static void Values(byte number, bool flag) => throw new NotSupportedException($"{number} {flag}");

        [Expects(typeof(FormatException))]
        public static void Expecting(ReadOnlySpan<byte> input)
        {
            if (input.IndexOf((byte)'F') >= 0)
            {
                throw new FormatException();
            }

            _ = input.IsEmpty ? 0 : Fail(input);
        }

        private static int Fail(ReadOnlySpan<byte> input) => input.Length > 0 && input[0] == 'X' ? throw new NotSupportedException() : 0;
    }
}
