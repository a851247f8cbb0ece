using Edgewise.Sancov.Native;

namespace Edgewise.Tests.Sancov.Native;

public sealed class SourcePathsTests
{
    [Theory]
    [InlineData("/src/a/./b/../c.c", "", "/src/a/c.c")]
    [InlineData("../../lib/x.c", "", "../../lib/x.c")]
    [InlineData("/../x.c", "", "/x.c")]
    [InlineData(@"C:\src\app\..\main.c", "", "C:/src/main.c")]
    [InlineData(@"odd\name.c", "", @"odd\name.c")]
    [InlineData("/build/here/src/x.c", "src/", "x.c")]
    [InlineData("/build/x.c", "elsewhere", "/build/x.c")]
    public void Paths_come_in_one_form(string path, string prefix, string expected) => Assert.Equal(expected, new SourcePaths(prefix).Of(path));
}
