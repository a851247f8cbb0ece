using Edgewise.Corpus;
using Edgewise.Corpus.Metadata;
using Edgewise.Fuzzing.Parallel;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Fuzzing;

public sealed class SharedCorpusTests
{
    [Fact]
    public void What_a_job_found_that_nobody_knew_is_taken_in_and_its_folder_goes()
    {
        using var folder = new TemporaryFolder();
        using var shared = SharedCorpus.Open(folder.File("corpus"), firstPointFeature: 0);
        Add(shared.FolderOf(1), ("one", [1, 9]), ("two", [17]));
        Add(shared.FolderOf(2), ("three", [9, 17]), ("four", [25]));

        Assert.Equal((2, 1), (shared.Collect(1), shared.Collect(2)));

        Assert.Equal((3, 4, 4, 10L), (shared.Entries, shared.Features, shared.Points, shared.Bytes));
        Assert.False(Directory.Exists(shared.FolderOf(1)));
    }

    [Fact]
    public void Jobs_that_were_killed_lose_nothing()
    {
        using var folder = new TemporaryFolder();
        using (var killed = SharedCorpus.Open(folder.File("corpus"), firstPointFeature: 0))
        {
            Add(killed.FolderOf(7), ("seven", [3]));
            Directory.Move(killed.FolderOf(7), folder.File("kept"));
        }

        Directory.CreateDirectory(Path.Combine(folder.File("corpus"), ".edgewise", "jobs"));
        Directory.Move(folder.File("kept"), Path.Combine(folder.File("corpus"), ".edgewise", "jobs", "job-7"));

        using var shared = SharedCorpus.Open(folder.File("corpus"), firstPointFeature: 0);

        Assert.Equal((1, 1), (shared.Entries, shared.Features));
    }

    [Fact]
    public void Without_a_folder_nothing_is_left()
    {
        string path;
        using (var shared = SharedCorpus.Open(null, firstPointFeature: 0))
        {
            path = shared.FolderPath;
            Add(shared.FolderOf(1), ("one", [1]));
            shared.Collect(1);
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    private static void Add(string path, params (string Content, uint[] Features)[] entries)
    {
        using var corpus = CorpusFolder.Open(path);
        foreach ((string content, uint[] features) in entries)
        {
            corpus.Add(System.Text.Encoding.UTF8.GetBytes(content), new EntryMetadata { Features = features });
        }
    }
}
