using Edgewise.Instrumentation.Selection;

namespace Edgewise.Tests.Selection;

public sealed class AssemblyGlobsTests
{
    [Theory]
    [InlineData("Markdig", "Markdig", true)]
    [InlineData("markdig", "Markdig", true)]
    [InlineData("Markdig", "Markdig.Extensions", false)]
    [InlineData("Microsoft.CodeAnalysis*", "Microsoft.CodeAnalysis.CSharp", true)]
    [InlineData("Microsoft.CodeAnalysis.?Sharp", "Microsoft.CodeAnalysis.CSharp", true)]
    [InlineData("Microsoft.CodeAnalysis.?Sharp", "Microsoft.CodeAnalysis.VBSharp", false)]
    [InlineData(" A , ,B* ", "Bank", true)]
    [InlineData("Markdig.dll", "Markdig", true)]
    [InlineData("Markdig.dll", "Markdig.dll", true)]
    [InlineData("*", "Anything", true)]
    [InlineData("", "Anything", false)]
    [InlineData(null, "Anything", false)]
    [InlineData("A\\*", "A*", false)]
    public void Globs_match_whole_simple_names_whatever_their_case(string? globs, string name, bool expected) =>
        Assert.Equal(expected, AssemblyGlobs.Parse(globs).Matches(name));

    [Fact]
    public void Globs_that_match_nothing_can_be_told()
    {
        AssemblyGlobs globs = AssemblyGlobs.Parse("Mark*,Nowhere,App");

        Assert.Equal(["Nowhere"], globs.WithoutMatch(["App", "Markdig"]));
        Assert.Equal(["Mark*", "Nowhere", "App"], globs.Globs);
        Assert.False(globs.IsEmpty);
        Assert.True(AssemblyGlobs.Parse(" , ").IsEmpty);
    }
}
