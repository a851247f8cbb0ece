using System.Text;
using Edgewise.Report.Model;
using Edgewise.Report.Sources;
using Edgewise.Symbols;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Report;

public sealed class SourceFinderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_longest_end_of_a_path_wins_in_a_folder()
    {
        string near = Write("sources/src/main.c", "near"), far = Write("sources/main.c", "far");

        FoundSource found = Find(ReportedAs("/build/app/src/main.c"), "sources");

        Assert.Equal(near, found.Path);
        Assert.NotEqual(far, found.Path);
        Assert.Equal("near", found.Text!.Line(1).ToString());
    }

    [Theory]
    [InlineData("../secret.c")]
    [InlineData("/a/../../secret.c")]
    [InlineData(@"..\secret.c")]
    public void No_path_leaves_the_folder(string path)
    {
        Write("secret.c", "secret");
        Write("sources/other.c", "other");

        FoundSource found = Find(ReportedAs(path) with { IsPathTrusted = false }, "sources");

        Assert.Null(found.Text);
        Assert.All(found.LookedFor, place => Assert.StartsWith(_folder.File("sources") + Path.DirectorySeparatorChar, Path.GetFullPath(place), StringComparison.Ordinal));
    }

    [Fact]
    public void A_symcov_alone_opens_no_file_of_its_choice()
    {
        string path = Write("secret.c", "secret");

        Assert.Null(Find(ReportedAs(path) with { IsPathTrusted = false }).Text);
        Assert.NotNull(Find(ReportedAs(path)).Text);
    }

    [Fact]
    public void A_source_that_is_not_there_tells_every_place()
    {
        FoundSource found = Find(ReportedAs("/x/y.c"), "sources");

        Assert.Equal([_folder.File("sources/x/y.c"), _folder.File("sources/y.c"), "/x/y.c"], found.LookedFor);
    }

    [Fact]
    public void A_source_that_is_newer_than_the_binary_is_shown_with_a_note()
    {
        string path = Write("main.c", "text");

        FoundSource found = Find(ReportedAs(path) with { BuiltAt = DateTime.UtcNow.AddDays(-1) });

        Assert.Equal(["newer than the binary: lines may be shifted"], found.Notes);
    }

    [Fact]
    public void A_source_of_another_hash_than_the_PDB_has_is_shown_with_a_note()
    {
        using CompiledModule module = new("class A { }");
        SourceDocument document = Assert.Single(module.Symbols.Documents());
        ReportFile file = ReportedAs(module.SourcePath) with { Document = document };

        FoundSource same = Find(file);
        File.AppendAllText(module.SourcePath, "// changed");
        FoundSource changed = Find(file);

        Assert.Empty(same.Notes);
        Assert.Equal(["differs from the file that was compiled: lines may be shifted"], changed.Notes);
    }

    [Fact]
    public void An_embedded_source_is_shown_and_a_SourceLink_told()
    {
        using CompiledModule module = new("class A { int B() => 1; }", sourceLink: """{"documents":{"/*":"https://example.com/raw/*"}}""", isEmbedded: true);
        File.Delete(module.SourcePath);

        FoundSource found = Find(ReportedAs(module.SourcePath) with { Document = Assert.Single(module.Symbols.Documents()) });

        Assert.Equal("class A { int B() => 1; }", found.Text!.Line(1).ToString());
        Assert.Equal($"https://example.com/raw/{module.SourcePath[1..]}", found.Url);
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0xE9, 0x62 }, "aéb", "no valid UTF-8, shown as Latin-1")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x61, 0xC3, 0xA9 }, "aé", null)]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00, 0xE9, 0x00 }, "aé", "encoded as UTF-16")]
    public void Sources_of_any_encoding_are_read(byte[] content, string expected, string? note)
    {
        SourceText text = SourceText.Decode(content, out string? said);

        Assert.Equal(expected, text.Line(1).ToString());
        Assert.Equal(note, said);
    }

    [Fact]
    public void Lines_end_in_any_way()
    {
        SourceText text = new("a\nb\r\nc\rd\n\n");

        Assert.Equal(["a", "b", "c", "d", ""], Enumerable.Range(1, text.LineCount).Select(number => text.Line(number).ToString()));
        Assert.Equal(0, new SourceText("").LineCount);
    }

    private FoundSource Find(ReportFile file, params string[] folders) => new SourceFinder([.. folders.Select(_folder.File)]).Find(file);

    private static ReportFile ReportedAs(string path) => new(path, path, [], [], 0, 0) { IsPathTrusted = true };

    private string Write(string name, string text)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, Encoding.UTF8);
        return path;
    }
}
