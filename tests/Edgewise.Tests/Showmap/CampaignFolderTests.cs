using Edgewise.Showmap;
using Edgewise.Showmap.Files;

namespace Edgewise.Tests.Showmap;

public sealed class CampaignFolderTests : IDisposable
{
    private readonly Runtime.TemporaryFolder _temporary = new();

    private string Root => Path.Combine(_temporary.Path, "campaign");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_trial_has_the_name_of_the_approach_the_assembly_and_the_method()
    {
        CampaignFolder folder = Folder("1");

        Assert.Equal(Path.Combine(Root, "nightly__My.Targets__Namespace.Type.Parse_string_", "1.txt"), folder.TrialPath);
        Assert.Equal(Path.Combine(Root + ".manifests", "nightly__My.Targets__Namespace.Type.Parse_string_", "1.json"), folder.ManifestPath);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("../../victim")]
    [InlineData("/tmp")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    public void Approach_and_trial_are_single_components_of_a_path(string name)
    {
        Assert.Contains("--trial", Assert.Throws<ShowmapException>(() => Folder(name)).Message, StringComparison.Ordinal);
        Assert.Contains("--approach", Assert.Throws<ShowmapException>(() => new CampaignFolder(Root, name, "a", "b", "1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_there_is_kept_unless_it_is_to_be_replaced()
    {
        CampaignFolder folder = Folder("1");
        folder.Write(folder.TrialPath, "first"u8, replaces: false);

        ShowmapException error = Assert.Throws<ShowmapException>(() => folder.Write(folder.TrialPath, "second"u8, replaces: false));

        Assert.Contains("is there; choose another --trial, or --force to replace it", error.Message, StringComparison.Ordinal);
        Assert.Equal("first", File.ReadAllText(folder.TrialPath));
        folder.Write(folder.TrialPath, "third"u8, replaces: true);
        Assert.Equal("third", File.ReadAllText(folder.TrialPath));
        Assert.Equal([folder.TrialPath], Directory.GetFiles(_temporary.Path, "*", SearchOption.AllDirectories));
        Assert.Equal([folder.TrialPath], folder.Existing(perEntry: false));
        Assert.Empty(folder.Existing(perEntry: true));
    }

    [Fact]
    public void Names_of_entries_that_would_become_one_are_told_apart()
    {
        string[] paths = Folder("1").EntryPaths(["a/b", "a_b", "id:000001,src:0", "A_B", "plain"]);

        Assert.Equal(5, paths.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.EndsWith($"{Path.DirectorySeparatorChar}1__plain.txt", paths[4], StringComparison.Ordinal);
        Assert.EndsWith($"{Path.DirectorySeparatorChar}1__id_000001,src_0.txt", paths[2], StringComparison.Ordinal);
        Assert.All(paths, path => Assert.Equal(Folder("1").GroupPath, Path.GetDirectoryName(path)));
    }

    [Fact]
    public void The_manifest_of_a_trial_and_of_each_of_its_entries_is_found()
    {
        CampaignFolder folder = Folder("a__b");
        folder.Write(folder.ManifestPath, "{}"u8, replaces: true);

        Assert.Equal(folder.ManifestPath, CampaignFolder.ManifestOf(folder.TrialPath));
        Assert.Equal(folder.ManifestPath, CampaignFolder.ManifestOf(folder.EntryPaths(["x__y"])[0]));
        Assert.Null(CampaignFolder.ManifestOf(Folder("c").TrialPath));
        Assert.Null(CampaignFolder.ManifestOf("/one.txt"));
    }

    private CampaignFolder Folder(string trial) => new(Root, "nightly", "My.Targets", "Namespace.Type.Parse(string)", trial);
}
