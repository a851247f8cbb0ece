using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;
using OptimizationLevel = Microsoft.CodeAnalysis.OptimizationLevel;

namespace Edgewise.Tests.Instrumentation.Comparisons;

/// <summary>Switches on strings: each literal is offered, however the compiler looks for it.</summary>
public sealed class HashSwitchTests
{
    private static readonly string[] Words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"];

    private static string Source => $$"""
        public static class Code
        {
            public static object Text(string a) { switch (a) { {{Cases}} default: return -1; } }
            public static object Span(string a) { switch (System.MemoryExtensions.AsSpan(a)) { {{Cases}} default: return -1; } }
            public static object MutableSpan(string a) { switch (new System.Span<char>(a.ToCharArray())) { {{Cases}} default: return -1; } }
            public static object Two(string a, string b) { int c; switch (a) { {{Cases.Replace("return", "c =", StringComparison.Ordinal).Replace(";", "; break;", StringComparison.Ordinal)}} default: c = -1; break; } return c + (b == "other" ? 100 : 0); }
        }
        """;

    private static string Cases => string.Concat(Words.Select((word, index) => $"case \"{word}\": return {index}; "));

    [Theory]
    [InlineData("Text", OptimizationLevel.Release)]
    [InlineData("Text", OptimizationLevel.Debug)]
    [InlineData("Span", OptimizationLevel.Release)]
    [InlineData("Span", OptimizationLevel.Debug)]
    [InlineData("MutableSpan", OptimizationLevel.Release)]
    public void Every_literal_of_a_hash_switch_is_offered(string method, OptimizationLevel level)
    {
        TracedLibrary library = new(Compilation.Image("Hashes", Source, level, "disable-length-based-switch"));
        Assert.Contains(library.Traced.Assembly.GetTypes(), type => type.Name == "<PrivateImplementationDetails>");

        object? result = library.CallTraced(method, "other");

        Assert.Equal(-1, result);
        Assert.Equal(Words.Order().Select(word => $"other|{word}"), library.Compared().Order());
        Assert.Empty(library.Integers());
    }

    [Fact]
    public void A_literal_has_one_site_be_it_offered_or_compared()
    {
        TracedLibrary library = new(Compilation.Image("Hashes", Source, OptimizationLevel.Release, "disable-length-based-switch"));

        library.CallTraced("Text", "gamma");

        Assert.Equal(Words.Order().Select(word => $"gamma|{word}"), library.Compared().Order());
        Assert.Equal((Words.Length * 4) + 1, library.Result.Points.Sites.Count(site => site.Kind == SiteKind.SequenceCompare));
    }

    [Fact]
    public void What_follows_a_switch_is_none_of_its_cases()
    {
        TracedLibrary library = new(Compilation.Image("Hashes", Source, OptimizationLevel.Release, "disable-length-based-switch"));

        object? result = library.CallTraced("Two", "eta", "other");

        Assert.Equal(106, result);
        Assert.Equal(Words.Select(word => $"eta|{word}").Append("other|other").Order(), library.Compared().Order());
    }

    [Theory]
    [InlineData("Text")]
    [InlineData("Span")]
    public void A_switch_by_length_and_character_ends_in_a_comparison_with_the_literal(string method)
    {
        TracedLibrary library = new(Compilation.Image("Lengths", Source));

        object? result = library.CallTraced(method, "alphx");

        Assert.Equal(-1, result);
        Assert.Equal(["alphx|alpha"], library.Compared());
    }

    [Fact]
    public void Results_stay()
    {
        TracedLibrary library = new(Compilation.Image("Hashes", Source, OptimizationLevel.Release, "disable-length-based-switch"));

        Assert.All([.. Words, "", "other", null], word => Assert.Equal(library.CallOriginal("Text", word), library.CallTraced("Text", word)));
    }
}
