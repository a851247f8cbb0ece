using System.Reflection;
using Edgewise.Annotations;
using Edgewise.Hosting;
using Edgewise.Hosting.Targets;
using Edgewise.Instrumentation;
using Edgewise.Runtime.Formats;

namespace Edgewise.Tests.Hosting.Targets;

public sealed class FuzzTargetAssemblyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_only_target_needs_no_name_and_keeps_what_its_attribute_says()
    {
        Assembly assembly = Load("""
            using System; using Edgewise.Annotations;
            namespace Some.Place;
            public static class Parsers
            {
                [FuzzTarget("json", MaxLength = 128, Dictionary = "json.dict", Seeds = "seeds")]
                public static void Json(ReadOnlySpan<byte> input) { if (input.Length > 2) throw new FormatException("too long"); }
            }
            """);

        FuzzTarget target = FuzzTargetAssembly.Find(assembly, null);

        Assert.Equal(("json", "Some.Place.Parsers.Json", "Some.Place.Parsers.Json(ReadOnlySpan<byte>)"), (target.Name, target.Spelling, target.Signature));
        Assert.Equal((128, "json.dict", "seeds"), (target.MaxLength, target.Dictionary, target.Seeds));
        Assert.Throws<FormatException>(() => target.Run([1, 2, 3]));
        Assert.Same(target.Method, FuzzTargetAssembly.Find(assembly, "json").Method);
        Assert.Same(target.Method, FuzzTargetAssembly.Find(assembly, "Some.Place.Parsers.Json").Method);
    }

    [Fact]
    public void Attributes_of_another_copy_of_their_assembly_count_as_well()
    {
        Assembly assembly = Load(
            """
            using System; using Edgewise.Annotations;
            public static class Parsers
            {
                [FuzzTarget, Expects(typeof(FormatException), typeof(ArgumentException))]
                public static void Text(string input) => throw new ArgumentNullException("input");
            }
            """,
            shared: new HashSet<string>());

        FuzzTarget target = FuzzTargetAssembly.Find(assembly, null);

        Type attribute = target.Method.GetCustomAttributesData().First().AttributeType;
        Assert.Equal(typeof(FuzzTargetAttribute).FullName, attribute.FullName);
        Assert.NotEqual(typeof(FuzzTargetAttribute), attribute);
        Assert.Equal([typeof(FormatException), typeof(ArgumentException)], target.Expected.Types);
    }

    [Fact]
    public void A_provider_of_another_copy_is_refused_with_the_reason()
    {
        const string Source = """
            using Edgewise.Annotations;
            public static class Parsers { [FuzzTarget] public static void Values(FuzzedDataProvider data) => System.AppContext.SetData("taken", data.ConsumeIntegral<byte>()); }
            """;

        HostingException failure = Assert.Throws<HostingException>(() => FuzzTargetAssembly.Find(Load(Source, shared: new HashSet<string>()), null));
        FuzzTargetAssembly.Find(Load(Source), null).Run([44]);

        Assert.Contains("its FuzzedDataProvider is of another copy of Edgewise.Annotations", failure.Message, StringComparison.Ordinal);
        Assert.Equal((byte)44, AppContext.GetData("taken"));
    }

    [Fact]
    public void Expected_exceptions_are_those_of_the_method_and_of_the_classes_around_it_and_derived_ones()
    {
        Assembly assembly = Load("""
            using System; using System.IO; using Edgewise.Annotations;
            [Expects(typeof(IOException))]
            public static class Outer
            {
                public static class Inner
                {
                    [FuzzTarget, Expects(typeof(FormatException)), Expects(typeof(OverflowException))] public static void Target(byte[] input) { }
                }
            }
            """);

        ExpectedExceptions expected = FuzzTargetAssembly.Find(assembly, null).Expected;

        Assert.True(expected.Contains(new FormatException()));
        Assert.True(expected.Contains(new OverflowException()));
        Assert.True(expected.Contains(new EndOfStreamException()));
        Assert.False(expected.Contains(new ArgumentException()));
    }

    [Fact]
    public void An_assembly_without_targets_lists_what_looks_like_one()
    {
        Assembly assembly = Load("""
            using System; using System.IO;
            namespace Lib
            {
                public static class Reader
                {
                    public static int Parse(string text) => text.Length;
                    public static void Load(Stream stream) { }
                    public static bool Decode(ReadOnlySpan<byte> bytes) => true;
                    public static int Add(int a, int b) => a + b;
                    private static void Hidden(byte[] bytes) { }
                }
            }
            """);

        HostingException failure = Assert.Throws<HostingException>(() => FuzzTargetAssembly.Find(assembly, null));

        Assert.Equal(
            """
            Targets: no method is marked [FuzzTarget]; mark one, or choose one of those that look like it:
              --method "Lib.Reader.Decode(ReadOnlySpan<byte>)"
              --method "Lib.Reader.Load(Stream)"
              --method "Lib.Reader.Parse(string)"
            """,
            failure.Message);
    }

    [Fact]
    public void Several_targets_are_listed_so_that_one_can_be_chosen()
    {
        Assembly assembly = Load("""
            using Edgewise.Annotations;
            public static class Two { [FuzzTarget] public static void B(byte[] x) { } [FuzzTarget("first")] public static void A(string x) { } }
            """);

        HostingException failure = Assert.Throws<HostingException>(() => FuzzTargetAssembly.Find(assembly, null));

        Assert.Equal("Targets: 2 fuzz targets; choose one:\n  --method \"Two.B(byte[])\"\n  --method \"Two.A(string)\"", failure.Message);
        Assert.Equal(["Two.B", "first"], FuzzTargetAssembly.Find(assembly).Select(target => target.Name));
        Assert.Equal("Two.A", FuzzTargetAssembly.Find(assembly, "first").Spelling);
        Assert.Equal("Two.B", FuzzTargetAssembly.Find(assembly, "Two.B(System.Byte[])").Spelling);
    }

    [Fact]
    public void Two_targets_of_one_name_are_refused()
    {
        Assembly assembly = Load("""
            using Edgewise.Annotations;
            public static class Two { [FuzzTarget("x")] public static void A(byte[] x) { } [FuzzTarget("x")] public static void B(byte[] x) { } }
            """);

        HostingException failure = Assert.Throws<HostingException>(() => FuzzTargetAssembly.Find(assembly, "x"));

        Assert.StartsWith("Targets: two fuzz targets are called 'x':\n  --method \"Two.A(byte[])\"\n", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lib.Outer+Nested.Parse")]
    [InlineData("Lib.Outer.Nested.Parse")]
    [InlineData("Lib.Outer.Nested.Parse(string)")]
    [InlineData("Lib.Outer.Nested.Parse( System.String )")]
    public void A_method_of_a_nested_type_has_several_spellings(string spelling)
    {
        Assembly assembly = Load("namespace Lib { public class Outer { static class Nested { static int Parse(string text) => text.Length; } } }");

        Assert.Equal("Lib.Outer.Nested.Parse", FuzzTargetAssembly.Find(assembly, spelling).Spelling);
    }

    [Fact]
    public void Of_overloads_the_only_one_that_can_be_a_target_is_taken_and_else_all_are_listed()
    {
        Assembly assembly = Load("""
            using System; using System.Collections.Generic;
            public static class Parser
            {
                public static void One(string text) { }
                public static void One(string text, IFormatProvider culture) { }
                public static void Many(string text) { }
                public static void Many(byte[] bytes) { }
                public static void Many(List<int> numbers, int? more) { }
                public static void None(Action action) { }
                public static void None(Func<int> action) { }
            }
            """);

        Assert.Equal("Parser.One(string)", FuzzTargetAssembly.Find(assembly, "Parser.One").Signature);
        Assert.Equal("Parser.Many(List<int>, int?)", FuzzTargetAssembly.Find(assembly, "Parser.Many(List<int>, int?)").Signature);
        HostingException many = Assert.Throws<HostingException>(() => FuzzTargetAssembly.Find(assembly, "Parser.Many"));
        HostingException none = Assert.Throws<HostingException>(() => FuzzTargetAssembly.Find(assembly, "Parser.None"));
        HostingException other = Assert.Throws<HostingException>(() => FuzzTargetAssembly.Find(assembly, "Parser.One(int)"));
        Assert.Contains("'Parser.Many' has 3 overloads that can be fuzz targets; choose one:\n  --method \"Parser.Many(string)\"\n  --method \"Parser.Many(byte[])\"", many.Message, StringComparison.Ordinal);
        Assert.Contains("no overload of 'Parser.None' can be a fuzz target; expected a static method", none.Message, StringComparison.Ordinal);
        Assert.Contains("no overload 'Parser.One(int)'; there are:\n  --method \"Parser.One(string)\"", other.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shapes.Instance", "it is an instance method")]
    [InlineData("Shapes.Generic", "it is generic")]
    [InlineData("Box.Of", "it is generic")]
    [InlineData("Shapes.Nothing", "it takes no input")]
    [InlineData("Shapes.Reference", "its parameter 'input': no ref int can be read from an input")]
    [InlineData("Shapes.Interface", "its parameter 'input': IDisposable is an interface")]
    [InlineData("Shapes.Framework", "its parameter 'input': no FileInfo is made from an input")]
    [InlineData("Shapes.Deep", "its parameter 'input': Action is a delegate")]
    public void A_method_that_cannot_be_a_target_is_refused_with_the_reason(string method, string reason)
    {
        Assembly assembly = Load("""
            using System; using System.IO;
            public class Shapes
            {
                public void Instance(string input) { }
                public static void Generic<T>(T input) { }
                public static void Nothing() { }
                public static void Reference(ref int input) { }
                public static void Interface(IDisposable input) { }
                public static void Framework(FileInfo input) { }
                public static void Deep(Holder input) { }
            }
            public class Box<T> { public static void Of(string input) { } }
            public class Holder { public Holder(Action[] actions) { } }
            """);

        HostingException failure = Assert.Throws<HostingException>(() => FuzzTargetAssembly.Find(assembly, method.Replace("Box", "Box`1", StringComparison.Ordinal)));

        Assert.Contains($"cannot be a fuzz target: {reason}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("expected a static method, not generic, that takes the whole input as ReadOnlySpan<byte>", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Parse", "'Parse': expected the name of a fuzz target, or a method as Namespace.Type.Method")]
    [InlineData("Lib.Missing.Parse", "no type 'Lib.Missing' with methods; there are:\n  --method \"Lib.Reader.Parse(string)\"")]
    [InlineData("Lib.Reader.Pares", "no method 'Pares' in Lib.Reader; mark one, or choose one of those that look like it:\n  --method \"Lib.Reader.Parse(string)\"")]
    public void A_mistyped_method_is_told_with_what_there_is(string name, string message)
    {
        Assembly assembly = Load("namespace Lib { public static class Reader { public static int Parse(string text) => text.Length; } }");

        HostingException failure = Assert.Throws<HostingException>(() => FuzzTargetAssembly.Find(assembly, name));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_static_constructor_that_throws_is_told_with_its_cause()
    {
        Assembly assembly = Load("""
            using System; using Edgewise.Annotations;
            public static class Broken
            {
                static readonly int Value = int.Parse(Environment.GetEnvironmentVariable("EDGEWISE_TEST_NOTHING") ?? "nothing");
                [FuzzTarget] public static void Target(byte[] input) => Console.WriteLine(Value);
            }
            """);
        FuzzTarget target = FuzzTargetAssembly.Find(assembly, null);

        HostingException failure = Assert.Throws<HostingException>(target.Initialize);
        TypeInitializationException atRun = Assert.Throws<TypeInitializationException>(() => target.Run([]));

        Assert.Equal("Broken.Target: the static constructor of Broken failed, so the target cannot run: System.FormatException: The input string 'nothing' was not in a correct format.", failure.Message);
        Assert.IsType<FormatException>(failure.InnerException);
        Assert.IsType<FormatException>(atRun.InnerException);
    }

    [Fact]
    public void A_target_whose_dependency_is_missing_says_so()
    {
        Compilation.Library(_folder, "Gone", "public sealed class Options { }");
        string path = Compilation.Library(_folder, "Needy", "public static class Needy { public static void Parse(string text, Options options) { } public static void Fine(string text) { } }", _folder.At("Gone.dll"));
        File.Delete(_folder.At("Gone.dll"));
        Assembly assembly = new InstrumentedContext(path, FuzzTargetAssembly.Shared, _ => null).LoadTarget();

        HostingException failure = Assert.Throws<HostingException>(() => FuzzTargetAssembly.Find(assembly, "Needy.Parse"));

        Assert.Contains("Gone", failure.Message, StringComparison.Ordinal);
        Assert.Equal("Needy.Fine", FuzzTargetAssembly.Find(assembly, "Needy.Fine").Spelling);
    }

    [Fact]
    public void An_instrumented_target_counts_its_edges_when_it_runs()
    {
        string path = Compilation.Library(_folder, "Targets", "public static class T { public static int Parse(System.ReadOnlySpan<byte> x) => x.Length > 3 ? x[0] > 5 ? 1 : 2 : 3; }");
        var context = new InstrumentedContext(path, FuzzTargetAssembly.Shared, _ => new InstrumentationOptions { Features = CoverageFeatures.Inline8BitCounters });
        FuzzTarget target = FuzzTargetAssembly.Find(context.LoadTarget(), "T.Parse");

        target.Run([1]);
        int few = context.Counters().ToArray().Count(counter => counter > 0);
        target.Run([9, 9, 9, 9]);

        Assert.InRange(few, 1, context.Counters().ToArray().Count(counter => counter > 0) - 1);
    }

    public void Dispose() => _folder.Dispose();

    private Assembly Load(string source, IReadOnlySet<string>? shared = null)
    {
        string path = Compilation.Library(_folder, "Targets", source);
        File.Copy(typeof(FuzzTargetAttribute).Assembly.Location, _folder.At("Edgewise.Annotations.dll"), overwrite: true);
        return new InstrumentedContext(path, shared ?? FuzzTargetAssembly.Shared, _ => null).LoadTarget();
    }
}
