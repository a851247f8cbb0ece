using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Selection;

namespace Edgewise.Tests.Selection;

/// <summary>
/// What clang does with the same lists. The table of the old dialect was recorded from clang 14.0.6, which compiled <c>src/a.c</c> with the six
/// functions below, <c>-O0 -fsanitize-coverage=trace-pc-guard</c> and the lists; the functions that got a callback are the answer.
/// </summary>
public sealed class ClangListTests
{
    private const string All = "a_b bar baz1 baz2 foo foobar";
    private static readonly string[] Functions = All.Split(' ');

    [Theory]
    [InlineData(null, null, All)]
    [InlineData("fun:foo", null, "")]
    [InlineData("src:*\nfun:foo", null, "foo")]
    [InlineData("src:*\nfun:foo*", null, "foo foobar")]
    [InlineData("src:src/a.c\nfun:*", null, All)]
    [InlineData("src:a.c\nfun:*", null, "")]
    [InlineData("src:*a.c\nfun:*", null, All)]
    [InlineData("src:./src/a.c\nfun:*", null, "")]
    [InlineData("src:*\nfun:*", "fun:bar", "a_b baz1 baz2 foo foobar")]
    [InlineData(null, "fun:ba*", "a_b foo foobar")]
    [InlineData(null, "src:*", "")]
    [InlineData(null, "src:*/a.c", "")]
    [InlineData("src:*\nfun:foo", "fun:foo", "")]
    [InlineData("[coverage]\nsrc:*\nfun:bar", null, "bar")]
    [InlineData("[address]\nsrc:*\nfun:bar", null, "")]
    [InlineData("[cov*]\nsrc:*\nfun:bar", null, "bar")]
    [InlineData("[cover]\nsrc:*\nfun:bar", null, "")]
    [InlineData("[coverage|address]\nsrc:*\nfun:bar", null, "bar")]
    [InlineData("[coverage]\nsrc:*\n[address]\nfun:foo\n[coverage]\nfun:bar", null, "bar")]
    [InlineData("src:*\nfun:foo=cat", null, "")]
    [InlineData("src:*\nfun:foo=", null, "foo")]
    [InlineData("# c\n\nsrc:*\n  fun:foo  ", null, "foo")]
    [InlineData("src:*\n  # indented\nfun:foo", null, "foo")]
    [InlineData("src:*\nfun:foo#x", null, "")]
    [InlineData("func:foo\nsrc:*\nfun:foo", null, "foo")]
    [InlineData("src:*\nfun:FOO", null, "")]
    [InlineData("src:*\nfun:fo.", null, "foo")]
    [InlineData("src:*\nfun:ba[rz]1|fun:x", null, "baz1")]
    [InlineData("src:*\nfun:baz[12]", null, "baz1 baz2")]
    [InlineData("src:*\nfun:(foo|bar)", null, "bar foo")]
    [InlineData("src:*\nfun:foo(bar)?", null, "foo foobar")]
    [InlineData("src:*\nfun:baz[[:digit:]]", null, "baz1 baz2")]
    [InlineData("src:*\nfun:baz\\d", null, "")]
    [InlineData("src:*\nfun:a\\_b", null, "a_b")]
    [InlineData("src:*\nfun:fo{2}", null, "foo")]
    [InlineData("src:*\nfun:{foo}", null, "")]
    [InlineData("src:*\nfun:ba[r*]", null, "bar")]
    [InlineData("src:*\nfun:ba+r", null, "bar")]
    [InlineData("src:*\nfun:f^oo", null, "")]
    [InlineData("src:*\nfun:ba[]z]1", null, "baz1")]
    [InlineData("src:*\nfun:ba[^]z]", null, "bar")]
    public void The_old_dialect_selects_the_functions_that_clang_14_instruments(string? allow, string? ignore, string expected)
    {
        using ListFiles files = new();

        CodeSelection selection = files.Load(Versioned(allow), Versioned(ignore));

        Assert.Equal(expected, Included(selection, "src/a.c"));
    }

    [Theory]
    [InlineData("src:*\nfun:ba[z", 3)]
    [InlineData("nocolon", 2)]
    [InlineData("src:", 2)]
    [InlineData("[cov\nfun:foo", 2)]
    [InlineData("[]\nfun:foo", 2)]
    [InlineData("]\nfun:a", 2)]
    [InlineData("src:*\nfun:ba*+r", 3)]
    [InlineData("src:*\nfun:(?foo)", 3)]
    [InlineData("src:*\nfun:fo{2", 3)]
    [InlineData("src:*\nfun:fo{2}?", 3)]
    [InlineData("src:*\nfun:(ba)r\\1", 3)]
    [InlineData("src:*\nfun:(foo", 3)]
    [InlineData("src:*\nfun:foo)(bar", 3)]
    [InlineData("src:*\nfun:+foo", 3)]
    [InlineData("src:*\nfun:ba[z-a]", 3)]
    public void What_clang_14_calls_malformed_is_an_error_with_file_and_line(string allow, int line)
    {
        using ListFiles files = new();
        string path = files.Write(Versioned(allow)!);

        InstrumentationException error = Assert.Throws<InstrumentationException>(() => CodeSelection.Load([path], []));

        Assert.StartsWith($"{path}:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("EW120", error.Id, StringComparison.Ordinal);
    }

    // The glob dialect, by the rules of LLVM's GlobPattern and its unit tests.
    [Theory]
    [InlineData("src:*\nfun:foo*", null, "foo foobar")]
    [InlineData("src:*\nfun:ba?", null, "bar")]
    [InlineData("src:*\nfun:fo.", null, "")]
    [InlineData("src:*\nfun:{foo,bar}", null, "bar foo")]
    [InlineData("src:*\nfun:{foo,ba[rz]}{,1}", null, "bar baz1 foo")]
    [InlineData("src:*\nfun:(foo|bar)", null, "")]
    [InlineData("src:*\nfun:baz[2-9]", null, "baz2")]
    [InlineData("src:*\nfun:baz[^1]", null, "baz2")]
    [InlineData("src:*\nfun:baz[!1]", null, "baz2")]
    [InlineData("src:*\nfun:ba[]z]1", null, "baz1")]
    [InlineData("src:*\nfun:foo\\*", null, "")]
    [InlineData("src:*\nfun:a\\_b", null, "a_b")]
    [InlineData("src:{src,lib}/a.c\nfun:*", null, All)]
    [InlineData("[*]\nsrc:*\nfun:bar", null, "bar")]
    [InlineData("[{coverage,address}]\nsrc:*\nfun:bar", null, "bar")]
    [InlineData("[coverage|address]\nsrc:*\nfun:bar", null, "")]
    [InlineData("[edgewise]\nsrc:*\nfun:bar", null, "bar")]
    [InlineData("src:*\nfun:*", "src:src/*", "")]
    public void Without_a_version_the_dialect_is_globs(string? allow, string? ignore, string expected)
    {
        using ListFiles files = new();

        CodeSelection selection = files.Load(allow, ignore);

        Assert.Equal(expected, Included(selection, "src/a.c"));
    }

    [Fact]
    public void From_version_3_on_a_path_loses_its_leading_dot_slash()
    {
        using ListFiles files = new();

        CodeSelection second = files.Load("#!special-case-list-v2\nsrc:src/a.c\nfun:*", null);
        CodeSelection third = files.Load("#!special-case-list-v3\nsrc:src/a.c\nfun:*", null);

        Assert.Equal("", Included(second, "./src/a.c"));
        Assert.Equal(All, Included(third, ".//src/a.c"));
    }

    private static string? Versioned(string? list) => list is null ? null : "#!special-case-list-v1\n" + list;

    private static string Included(CodeSelection selection, string source) =>
        string.Join(' ', Functions.Where(function => selection.Includes(function, source)));
}
