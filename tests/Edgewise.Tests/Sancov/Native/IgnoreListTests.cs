using Edgewise.Sancov.Native;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Sancov.Native;

public sealed class IgnoreListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/usr/include/c++/12/vector", true)]
    [InlineData("/usr/include/", false)]
    [InlineData("/src/usr/include/a.h", false)]
    [InlineData("/opt/libc++/include/vector", true)]
    [InlineData("/opt/libcxx/vector", false)]
    public void The_default_list_leaves_out_system_headers_and_libcxx(string source, bool expected) =>
        Assert.Equal(expected, new IgnoreList(useDefault: true, path: null).HasSource(source));

    [Theory]
    [InlineData("fun:lo.p", "loop", true)]
    [InlineData("fun:lo*", "loop", true)]
    [InlineData("fun:lo*", "xloop", false)]
    [InlineData("fun:(a|b)x", "bx", true)]
    [InlineData("fun:[ab]+", "abba", true)]
    [InlineData(@"fun:operator\+", "operator+", true)]
    [InlineData(@"fun:operator\+", "operatorr", false)]
    [InlineData(@"fun:a\b", "a\\b", false)]
    [InlineData("fun:f=init", "f", true)]
    public void Patterns_are_expressions_in_which_a_star_is_any_text(string line, string function, bool expected) =>
        Assert.Equal(expected, Of(line).HasFunction(function));

    [Theory]
    [InlineData("fun:lo.p", "loop", false)]
    [InlineData("fun:lo.p", "lo.p", true)]
    [InlineData("fun:l??p", "loop", true)]
    [InlineData("fun:*p", "loop", true)]
    [InlineData("fun:a+b", "a+b", true)]
    public void Under_the_first_line_of_version_2_they_are_globs(string line, string function, bool expected) =>
        Assert.Equal(expected, Of("#!special-case-list-v2\n" + line).HasFunction(function));

    private IgnoreList Of(string content)
    {
        File.WriteAllText(_folder.File("list"), content);
        return new IgnoreList(useDefault: false, _folder.File("list"));
    }
}
