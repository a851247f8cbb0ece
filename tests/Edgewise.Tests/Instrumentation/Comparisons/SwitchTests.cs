using System.Globalization;
using Edgewise.Runtime;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;
using OptimizationLevel = Microsoft.CodeAnalysis.OptimizationLevel;

namespace Edgewise.Tests.Instrumentation.Comparisons;

/// <summary>What is seen of switches on numbers, as the compiler writes them with gaps: one value, and all cases.</summary>
public sealed class SwitchTests
{
    private static readonly Lazy<TracedLibrary> Optimized = new(() => new TracedLibrary(Compilation.Image("Switches", Source)));
    private static readonly Lazy<TracedLibrary> Unoptimized = new(() => new TracedLibrary(Compilation.Image("Switches", Source, OptimizationLevel.Debug)));

    private static string Source => $$"""
        public enum Level : byte { Low = 3, Middle = 50, High = 200, Top = 255 }
        public static class Code
        {
            {{string.Join("\n", Methods.Select(row => $"public static object {row.Data.Item1}({row.Data.Item2}) {{ {row.Data.Item3} }}"))}}
        }
        """;

    /// <summary>Name, parameter and body of a method, an argument, and what is to be seen.</summary>
    public static TheoryData<string, string, string, object?, string> Methods { get; } = new()
    {
        { "Sparse", "int a", "switch (a) { case 5: return 1; case 100: return 2; case 1000: return 3; default: return 4; }", 100, "switch4 100 of 5,100,1000" },
        { "Negative", "int a", "switch (a) { case -5: return 1; case 100: return 2; case -1000: return 3; default: return 4; }", -5, "switch4 4294967291 of 100,4294966296,4294967291" },
        { "Many", "int a", "switch (a) { case 1: return 1; case 10: return 2; case 100: return 3; case 1000: return 4; case 10000: return 5; case 100000: return 6; case 1000000: return 7; case 10000000: return 8; case 100000000: return 9; default: return 0; }", 7, "switch4 7 of 1,10,100,1000,10000,100000,1000000,10000000,100000000" },
        { "WithZero", "int a", "switch (a) { case 0: return 1; case 100: return 2; case 1000: return 3; default: return 4; }", 9, "switch4 9 of 0,100,1000" },
        { "Expression", "int a", "return a switch { 5 => 1, 100 => 2, 1000 => 3, _ => 4 };", 9, "switch4 9 of 5,100,1000" },
        { "Alternatives", "int a", "return a is 5 or 100 or 1000 or 10000;", 9, "switch4 9 of 5,100,1000,10000" },
        { "MixedRelations", "int a", "return a switch { < 3 => 1, 5 => 2, 100 => 3, 1000 => 4, _ => 5 };", 9, "switch4 9 of 3,5,100,1000" },
        { "LongRange", "long a", "switch (a) { case -1: return 1; case 0: return 2; case 100000000000: return 3; case 7: return 4; default: return 5; }", -1L, "switch8 18446744073709551615 of 0,7,100000000000,18446744073709551615" },
        { "Characters", "char a", "switch (a) { case '\\\"': return 1; case '/': return 2; case 'b': return 3; case 'u': return 4; default: return 5; }", 'x', "switch4 120 of 34,47,98,117" },
        { "Enumeration", "Level a", "switch (a) { case Level.Low: return 1; case Level.Middle: return 2; case Level.High: return 3; case Level.Top: return 4; default: return 5; }", 50, "switch4 50 of 3,50,200,255" },
        { "Long", "long a", "switch (a) { case 5: return 1; case 100: return 2; case 1L << 40: return 3; default: return 4; }", 7L, "switch8 7 of 5,100,1099511627776" },
        { "Unsigned", "ulong a", "switch (a) { case 5: return 1; case 100: return 2; case ulong.MaxValue: return 3; default: return 4; }", 7UL, "switch8 7 of 5,100,18446744073709551615" },
        { "Nullable", "int? a", "switch (a) { case 5: return 1; case 100: return 2; case 1000: return 3; case null: return 4; default: return 5; }", 7, "switch4 7 of 5,100,1000" },
        { "Dense", "int a", "switch (a) { case 5: return 1; case 6: return 2; case 7: return 3; case 8: return 4; default: return 5; }", 7, "switch4 7 of 5,6,7,8" },
        { "DenseLong", "long a", "switch (a) { case -6: return 1; case -5: return 2; case -4: return 3; case -3: return 4; default: return 5; }", -4L, "switch8 18446744073709551612 of 18446744073709551610,18446744073709551611,18446744073709551612,18446744073709551613" },
        { "FarLong", "long a", "switch (a) { case 1L << 40: return 1; case 1L << 42: return 2; case 1L << 44: return 3; default: return 4; }", 1L << 42, "switch8 4398046511104 of 1099511627776,4398046511104,17592186044416" },
        { "Two", "int a", "switch (a) { case 5: return 1; case 100: return 2; default: return 3; }", 7, "constant4 7,5;constant4 7,100" },
        { "Relations", "int a", "return a switch { < 5 => 1, < 100 => 2, < 1000 => 3, _ => 4 };", 50, "constant4 50,100;constant4 50,5" },
        { "Guarded", "int a", "switch (a) { case 5: return 1; case 100 when System.Environment.TickCount == 0: return 2; case 1000: return 3; default: return 4; }", 7, "switch4 7 of 5,100,1000" },
        { "Computed", "int a", "switch (a * 2) { case 6: return 1; case 100: return 2; case 1000: return 3; default: return 4; }", 50, "switch4 100 of 6,100,1000" },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_switch_is_seen_in_optimised_code(string name, string parameters, string body, object? argument, string seen) =>
        Check(Optimized.Value, name, parameters + body, argument, seen);

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_switch_is_seen_in_code_that_is_not_optimised(string name, string parameters, string body, object? argument, string seen) =>
        Check(Unoptimized.Value, name, parameters + body, argument, seen);

    [Fact]
    public void Variables_that_differ_are_no_switch()
    {
        TracedLibrary library = new(Compilation.Image(
            "Mixed", "public static class Code { public static object Mixed(int a, int b) => a == 5 ? 1 : b == 100 ? 2 : a == 1000 ? 3 : 4; }"));

        library.CallTraced("Mixed", 7, 8);

        Assert.Equal("constant4 7,5;constant4 8,100;constant4 7,1000", Seen(library));
    }

    [Fact]
    public void A_variable_that_changes_between_comparisons_is_no_switch()
    {
        TracedLibrary library = new(Compilation.Image(
            "Changing", "public static class Code { public static object Changing(int a) { if (a == 5) return 1; a++; if (a == 100) return 2; a++; return a == 1000 ? 3 : 4; } }"));

        library.CallTraced("Changing", 7);

        Assert.Equal("constant4 7,5;constant4 8,100;constant4 9,1000", Seen(library));
    }

    private static void Check(TracedLibrary library, string name, string source, object? argument, string seen)
    {
        Assert.NotEmpty(source);
        object? given = library.Traced.GetMethod(name)!.GetParameters()[0].ParameterType is { IsEnum: true } ? (byte)(int)argument! : argument;
        object? expected = library.CallOriginal(name, OfType(library.Original, name, given));
        lock (library)
        {
            library.Reset();

            object? result = library.CallTraced(name, OfType(library.Traced, name, given));

            Assert.Equal(expected, result);
            Assert.Equal(seen, Seen(library));
        }
    }

    private static object? OfType(Type type, string method, object? argument) =>
        type.GetMethod(method)!.GetParameters()[0].ParameterType is { IsEnum: true } enumeration ? Enum.ToObject(enumeration, argument!) : argument;

    private static string Seen(TracedLibrary library) => string.Join(";", library.Integers().Select(compare => Text(compare, library.Result.Points.Sites[compare.Site])));

    private static string Text(RecentCompare compare, PointSite site) => compare.Kind == SiteKind.Switch
        ? $"switch{compare.Width} {compare.Left} of {string.Join(",", site.Constants)}"
        : string.Create(CultureInfo.InvariantCulture, $"{(compare.Kind == SiteKind.ConstantCompare ? "constant" : "pair")}{compare.Width} {compare.Left},{compare.Right}");
}
