using System.Diagnostics;
using Edgewise.Corpus;
using Edgewise.Corpus.Metadata;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Corpus;

public sealed class CorpusFolderTests : IDisposable
{
    private static readonly EntryMetadata Plain = new() { Mutation = "ChangeBit", Cost = 12, Features = [1, 2, 70_000] };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_entry_is_a_file_named_by_the_sha1_of_its_content()
    {
        using CorpusFolder corpus = Open();

        EntryName name = corpus.Add("abc"u8, Plain);

        Assert.Equal("a9993e364706816aba3e25717850c26c9cd0d89d", name.ToString());
        Assert.Equal("abc", File.ReadAllText(_folder.At("corpus", "a9993e364706816aba3e25717850c26c9cd0d89d")));
        Assert.Equal([_folder.At("corpus", ".edgewise"), corpus.PathOf(name)], Directory.EnumerateFileSystemEntries(corpus.FolderPath).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Entries_and_what_is_known_of_them_are_there_after_a_restart()
    {
        EntryName parent;
        EntryName child;
        var metadata = new EntryMetadata { Mutation = "CrossOver-\"é\n", Found = new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero), Cost = long.MaxValue, Features = [0, 1, 5, uint.MaxValue] };
        using (CorpusFolder corpus = Open())
        {
            parent = corpus.Add("parent"u8, Plain);
            child = corpus.Add("child"u8, metadata with { Parent = parent });
        }

        using CorpusFolder again = Open();

        EntryMetadata known = again.MetadataOf(child)!;
        Assert.Equal((parent, metadata.Mutation, metadata.Found, metadata.Cost), (known.Parent!.Value, known.Mutation, known.Found, known.Cost));
        Assert.Equal(metadata.Features, known.Features);
        Assert.Equal([(child, 5), (parent, 6)], again.Load().Select(entry => (entry.Name, entry.Content.Length)));
        Assert.Equal(0, again.DamagedMetadata);
    }

    [Fact]
    public void A_better_entry_takes_the_place_of_another()
    {
        using CorpusFolder corpus = Open();
        EntryName old = corpus.Add("long one"u8, Plain);

        EntryName better = corpus.Replace(old, "short"u8, Plain);

        Assert.Equal([better], corpus.Load().Select(entry => entry.Name));
        Assert.Null(corpus.MetadataOf(old));
        Assert.Equal(better, corpus.Replace(better, "short"u8, Plain with { Cost = 99 }));
        Assert.Equal(99, corpus.MetadataOf(better)!.Cost);
        Assert.True(corpus.Remove(better));
        Assert.False(corpus.Remove(better));
        Assert.Empty(corpus.Load());
        Assert.Throws<CorpusException>(() => corpus.Update(better, Plain));
    }

    [Fact]
    public void Files_of_other_names_and_in_folders_below_are_inputs_too_and_equal_contents_count_once()
    {
        _folder.Write("corpus/seed.json", "{}");
        _folder.Write("corpus/queue/id:000000,orig:a", "[]");
        _folder.Write("corpus/copy", "{}");
        _folder.Write("corpus/.git/config", "no input");
        _folder.Write("corpus/.gitignore", "no input");
        using CorpusFolder corpus = Open();
        corpus.Add("[]"u8, Plain);

        List<CorpusEntry> entries = corpus.Load();

        Assert.Equal(["[]", "{}"], entries.Select(entry => System.Text.Encoding.UTF8.GetString(entry.Content.Span)).Order(StringComparer.Ordinal));
        Assert.Equal([12, null], entries.Select(entry => entry.Metadata?.Cost).OrderDescending());
    }

    [Fact]
    public void A_second_campaign_in_the_folder_is_refused_with_the_process_that_has_it()
    {
        using CorpusFolder corpus = Open();

        CorpusException failure = Assert.Throws<CorpusException>(() => Open());
        corpus.Dispose();
        using CorpusFolder next = Open();

        Assert.Equal($"{_folder.At("corpus")}: in use by process {Environment.ProcessId}; expected a folder of this campaign alone", failure.Message);
    }

    [Fact]
    public void A_log_that_was_cut_off_anywhere_loses_at_most_its_last_line_and_no_entry()
    {
        List<EntryName> names = [];
        using (CorpusFolder corpus = Open())
        {
            for (int i = 0; i < 4; i++)
            {
                names.Add(corpus.Add([(byte)i], Plain with { Cost = i }));
            }
        }

        string path = _folder.At("corpus", ".edgewise", "metadata");
        byte[] whole = File.ReadAllBytes(path);
        int header = whole.AsSpan().IndexOf((byte)'\n') + 1;
        for (int length = header; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            int complete = whole.AsSpan(0, length).Count((byte)'\n') - 1;

            using (CorpusFolder corpus = Open())
            {
                Assert.Equal(4, corpus.Names.Count);
                Assert.Equal([.. Enumerable.Range(0, 4).Select(i => i < complete ? i : (long?)null)], names.Select(name => corpus.MetadataOf(name)?.Cost));
                Assert.Equal(whole[length - 1] == '\n' ? 0 : 1, corpus.DamagedMetadata);
                corpus.Update(names[3], Plain with { Cost = 77 });
            }

            using CorpusFolder again = Open();
            Assert.Equal(77, again.MetadataOf(names[3])!.Cost);
            Assert.Equal(0, again.DamagedMetadata);
        }
    }

    [Fact]
    public void A_damaged_line_is_counted_and_the_others_are_read()
    {
        EntryName name;
        using (CorpusFolder corpus = Open())
        {
            name = corpus.Add("a"u8, Plain);
        }

        string path = _folder.At("corpus", ".edgewise", "metadata");
        File.AppendAllText(path, "{\"entry\":\"xyz\"}\nnonsense\n{\"entry\":5,\"cost\":\"x\"}\n[]\n{\"entry\":\"" + name + "\",\"cost\":5,\"features\":\"gICAgICA\"}\n");

        using CorpusFolder again = Open();

        Assert.Equal(5, again.DamagedMetadata);
        Assert.Equal(12, again.MetadataOf(name)!.Cost);
    }

    [Theory]
    [InlineData("{\"format\":\"edgewise corpus metadata\",\"version\":2}\n", "line 1: edgewise corpus metadata, version 2; expected version 1")]
    [InlineData("something else\n", "line 1: expected {\"format\":\"edgewise corpus metadata\",\"version\":1}")]
    public void A_log_of_another_version_or_kind_is_refused_and_left_as_it_is(string content, string problem)
    {
        string path = _folder.Write("corpus/.edgewise/metadata", content);

        CorpusException failure = Assert.Throws<CorpusException>(() => Open());

        Assert.StartsWith($"{path}: {problem}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(path));
        File.Delete(path);
        using CorpusFolder corpus = Open();
    }

    [Fact]
    public void A_log_with_many_outdated_lines_is_written_anew()
    {
        string path = _folder.At("corpus", ".edgewise", "metadata");
        EntryName name;
        using (CorpusFolder corpus = Open())
        {
            name = corpus.Add("a"u8, Plain);
            for (int i = 0; i < 1500; i++)
            {
                corpus.Update(name, Plain with { Cost = i });
            }
        }

        using CorpusFolder again = Open();

        Assert.Equal(2, File.ReadLines(path).Count());
        Assert.Equal(1499, again.MetadataOf(name)!.Cost);
    }

    [Fact]
    public void An_entry_that_is_too_large_is_left_out_and_told()
    {
        string large = _folder.Write("corpus/large", string.Empty);
        using (FileStream file = File.OpenWrite(large))
        {
            // Without blocks on disk.
            file.SetLength(2L << 30);
        }

        using CorpusFolder corpus = Open();
        corpus.Add("small"u8, Plain);

        Assert.Equal(["small"], corpus.Load().Select(entry => System.Text.Encoding.UTF8.GetString(entry.Content.Span)));
        Assert.Equal([$"{large}: 2147483648 bytes; expected at most 1073741824; skipped"], corpus.Skipped.Select(skipped => skipped.ToString()));
    }

    [Fact]
    public void A_pipe_among_the_inputs_is_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs mkfifo");
        using CorpusFolder corpus = Open();
        using (Process process = Process.Start("mkfifo", _folder.At("corpus", "pipe")))
        {
            process.WaitForExit();
        }

        Assert.Equal([0], corpus.Load().Select(entry => entry.Content.Length));
    }

    [Fact]
    public void A_folder_that_cannot_be_used_is_refused_with_its_name()
    {
        string file = _folder.Write("file", "x");

        Assert.Equal($"{file}: is a file; expected a folder for a corpus", Assert.Throws<CorpusException>(() => CorpusFolder.Open(file)).Message);
        string below = Path.Combine(file, "below");
        Assert.StartsWith($"{below}: cannot be used as a corpus: ", Assert.Throws<CorpusException>(() => CorpusFolder.Open(below)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_cannot_be_written_is_told_and_not_known_then()
    {
        using CorpusFolder corpus = Open();
        EntryName name = EntryName.Of("abc"u8);
        Directory.CreateDirectory(corpus.PathOf(name));

        CorpusException failure = Assert.Throws<CorpusException>(() => corpus.Add("abc"u8, Plain));

        Assert.StartsWith($"{corpus.PathOf(name)}: the entry cannot be written: ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(corpus.Names);
    }

    public void Dispose() => _folder.Dispose();

    private CorpusFolder Open() => CorpusFolder.Open(_folder.At("corpus"));
}
