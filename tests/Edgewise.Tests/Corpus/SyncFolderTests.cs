using System.Text;
using Edgewise.Corpus;
using Edgewise.Corpus.Sync;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Corpus;

public sealed class SyncFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_is_published_stands_in_the_queue_under_the_name_that_afl_gives_it()
    {
        using SyncFolder folder = Join("ours");

        Assert.Equal(0u, folder.Publish("a"u8, QueueName.OfSeed("dir/a,b:c")));
        Assert.Equal(1u, folder.Publish("b"u8, QueueName.OfMutation(0, 450, 90_210, "havoc")));
        Assert.Equal(2u, folder.Publish("c"u8, QueueName.OfPeer("main", 17)));

        Assert.Equal(
            ["id:000000,orig:dir_a_b_c", "id:000001,src:000000,time:450,execs:90210,op:havoc", "id:000002,sync:main,src:000017"],
            Directory.EnumerateFiles(_folder.At("sync", "ours", "queue")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Inputs_of_others_come_once_in_the_order_of_their_numbers_also_after_a_restart()
    {
        _folder.Write("sync/afl/queue/id:000001,src:000000,time:1,execs:2,op:havoc,rep:4,+cov", "second");
        _folder.Write("sync/afl/queue/id:000000,orig:x", "first");
        _folder.Write("sync/afl/queue/.state/auto", "no input");
        _folder.Write("sync/afl/queue/README", "no input");
        _folder.Write("sync/afl/crashes/id:000000,sig:11", "no input of a queue");
        _folder.Write("sync/no instance/file", "no input");

        using (SyncFolder folder = Join("ours"))
        {
            folder.Publish("own"u8, QueueName.OfSeed("own"));
            Assert.Equal(["afl 0 first", "afl 1 second"], Import(folder));
            Assert.Empty(Import(folder));
        }

        _folder.Write("sync/afl/queue/id:000002,sync:x,src:000001", "third");
        using SyncFolder again = Join("ours");

        Assert.Equal(["afl 2 third"], Import(again));
        Assert.Equal([3, 0, 0, 0], File.ReadAllBytes(_folder.At("sync", "ours", ".synced", "afl")));
        Assert.Equal(1u, again.Publish("next"u8, QueueName.OfSeed("next")));
    }

    [Fact]
    public void Several_instances_get_what_the_others_find()
    {
        using SyncFolder left = Join("left");
        using SyncFolder right = Join("right");
        left.Publish("l0"u8, QueueName.OfSeed("l"));
        right.Publish("r0"u8, QueueName.OfSeed("r"));
        left.Publish("l1"u8, QueueName.OfMutation(0, 0, 0, "x"));

        Assert.Equal(["right 0 r0"], Import(left));
        Assert.Equal(["left 0 l0", "left 1 l1"], Import(right));
    }

    [Fact]
    public void An_input_that_ends_the_process_does_not_come_again()
    {
        _folder.Write("sync/afl/queue/id:000000,orig:x", "deadly");
        _folder.Write("sync/afl/queue/id:000001,orig:y", "harmless");
        using SyncFolder folder = Join("ours");

        Assert.Throws<InvalidOperationException>(() => folder.Import(_ => throw new InvalidOperationException("the end")));

        Assert.Equal(["afl 1 harmless"], Import(folder));
    }

    [Fact]
    public void What_afl_would_not_take_is_left_out_and_told()
    {
        _folder.Write("sync/afl/queue/id:000000,orig:empty", string.Empty);
        File.WriteAllBytes(_folder.Write("sync/afl/queue/id:000001,orig:large", "x"), new byte[SyncFolder.LargestInput + 1]);
        using SyncFolder folder = Join("ours");

        Assert.Null(folder.Publish([], QueueName.OfSeed("x")));
        Assert.Null(folder.Publish(new byte[SyncFolder.LargestInput + 1], QueueName.OfSeed("x")));
        Assert.Empty(Import(folder));

        Assert.Equal(4, folder.Skipped.Count);
        Assert.Contains("0 bytes; expected 1 to 1048576", folder.Skipped[0].Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.At("sync", "ours", "queue")));
    }

    [Fact]
    public void Two_processes_cannot_have_one_place()
    {
        using SyncFolder folder = Join("ours");

        Assert.Contains($"in use by process {Environment.ProcessId}", Assert.Throws<CorpusException>(() => Join("ours")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    public void A_name_that_is_no_folder_is_refused(string name) => Assert.Contains("expected the name of an instance", Assert.Throws<CorpusException>(() => Join(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("id:000012,src:000003,op:havoc", 12u, "src:000003,op:havoc")]
    [InlineData("id:1234567", 1234567u, "")]
    public void A_name_of_afl_is_read_as_it_is_written(string name, uint id, string origin)
    {
        Assert.True(QueueName.TryParse(name, out QueueName parsed));
        Assert.Equal(new QueueName(id, origin), parsed);
        Assert.Equal(name, parsed.ToString());
    }

    [Theory]
    [InlineData("README.txt")]
    [InlineData("id:12,orig:x")]
    [InlineData("id:000012x")]
    [InlineData("id:99999999999,orig:x")]
    public void Other_names_are_none_of_afl(string name) => Assert.False(QueueName.TryParse(name, out _));

    public void Dispose() => _folder.Dispose();

    private static List<string> Import(SyncFolder folder)
    {
        List<string> inputs = [];
        int count = folder.Import(input => inputs.Add($"{input.Peer} {input.Id} {Encoding.UTF8.GetString(input.Content.Span)}"));
        Assert.Equal(inputs.Count, count);
        return inputs;
    }

    private SyncFolder Join(string name) => SyncFolder.Join(_folder.At("sync"), name);
}
