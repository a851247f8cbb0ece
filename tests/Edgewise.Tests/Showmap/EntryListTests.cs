using System.IO.Compression;
using System.Text;
using Edgewise.Showmap;
using Edgewise.Showmap.Corpora;

namespace Edgewise.Tests.Showmap;

public sealed class EntryListTests : IDisposable
{
    private const string First = "c6fd77b4-f788-4d87-89fc-43fbdff6d4af", Second = "d00eb843-183c-4224-b658-ada393e7f679";

    private readonly Runtime.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_flat_folder_is_listed_by_name_without_what_begins_with_a_dot()
    {
        Write("b", "b");
        Write("a", "a");
        Write("below/c", "c");
        Write(".edgewise/campaign", "not an entry");

        Assert.Equal(["a", "b", "below/c"], Names());
    }

    [Fact]
    public void All_workers_of_Foundrys_layout_are_collected_and_one_id_and_time_is_one_entry()
    {
        Write($"worker0/corpus/{First}-100.json", "[]");
        Write($"worker1/corpus/{First}-100.json", "[]");
        Write($"worker1/corpus/{First}-101.json", "[]");
        Write($"worker2/corpus/{Second}-100.json.gz", "");
        Write($"worker2/sync/{Second}-102.json", "[]");
        Write("metrics.json", "{}");

        Assert.Equal([$"worker0/corpus/{First}-100.json", $"worker1/corpus/{First}-101.json", $"worker2/corpus/{Second}-100.json.gz"], Names());
        Assert.All(EntryList.Read(_folder.Path), entry => Assert.Equal(EntryKind.Sequence, entry.Kind));
    }

    [Fact]
    public void Without_workers_the_folder_itself_is_the_corpus()
    {
        Write($"{First}-100.json", "[]");

        Assert.Equal([$"{First}-100.json"], Names());
    }

    [Fact]
    public void Of_AFLs_folders_only_the_queues_are_entries()
    {
        Write("main/queue/id:000000,orig:a", "a");
        Write("main/crashes/id:000000", "c");
        Write("main/fuzzer_stats", "");
        Write("second/queue/id:000000,orig:b", "b");
        Write("second/queue/.state/x", "");

        Assert.Equal(["main/queue/id:000000,orig:a", "second/queue/id:000000,orig:b"], Names());
        Assert.Equal(["queue/id:000000,orig:a"], EntryList.Read(Path.Combine(_folder.Path, "main")).Select(entry => entry.Name));
    }

    [Fact]
    public void A_corpus_that_is_not_there_and_a_name_that_breaks_lines_are_told()
    {
        ShowmapException missing = Assert.Throws<ShowmapException>(() => EntryList.Read(Path.Combine(_folder.Path, "none")));
        Assert.Contains("corpus not found", missing.Message, StringComparison.Ordinal);

        if (OperatingSystem.IsLinux())
        {
            Write("a\nb", "");
            ShowmapException broken = Assert.Throws<ShowmapException>(() => EntryList.Read(_folder.Path));
            Assert.Contains("\"a\\u000ab\"", broken.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData($"{First}-100.json", true)]
    [InlineData($"{First}-100.JSON.GZ", true)]
    [InlineData($"{First}-100", true)]
    [InlineData($"{First}-.json", false)]
    [InlineData($"{First}.json", false)]
    [InlineData("entry-100.json", false)]
    [InlineData($"{First}--5.json", false)]
    public void Names_of_Foundrys_entries_have_an_id_and_a_time(string name, bool isOne) => Assert.Equal(isOne, EntryNames.TryParse(name, out _, out _));

    [Fact]
    public void A_packed_entry_is_unpacked_up_to_a_limit()
    {
        WritePacked("small.gz", new byte[1000]);
        WritePacked("bomb.gz", new byte[2_000_000]);
        Write("damaged.gz", "not packed");
        var reader = new EntryReader(1_000_000);
        ReplayEntry[] entries = [.. EntryList.Read(_folder.Path)];

        Assert.Null(reader.Read(entries[0], out string? bomb));
        Assert.Equal("more than 1000000 bytes", bomb);
        Assert.Null(reader.Read(entries[1], out string? damaged));
        Assert.Equal("not packed by gzip, or damaged", damaged);
        Assert.Equal(1000, reader.Read(entries[2], out _)!.Length);
    }

    [Fact]
    public void A_sequence_has_the_calls_that_stand_in_it()
    {
        Assert.Equal([[1, 2], []], Calls("""[{"calldata":"0x0102","sender":"0x00"},{"calldata":"0x"}]""")!);
        Assert.Empty(Calls("[]")!);
        Assert.All(
            (string[])["", "{}", "[1]", "[{}]", """[{"calldata":"0102"}]""", """[{"calldata":"0x1"}]""", """[{"calldata":null}]""", """[{"calldata":7}]"""],
            text => Assert.Null(Calls(text)));
    }

    [Fact]
    public void Thousands_of_changed_sequences_are_read_or_refused()
    {
        byte[] text = """[{"warp":"0xe10","sender":"0x0000000000000000000000000000000000000001","calldata":"0x4c39e0600001","value":"0x0"},{"calldata":"0xff"}]"""u8.ToArray();
        var random = new Random(3);
        int read = 0;
        for (int i = 0; i < 5000; i++)
        {
            byte[] changed = [.. text];
            for (int k = random.Next(1, 5); k > 0; k--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            read += EntryReader.Calls(EntryKind.Sequence, changed[..random.Next(changed.Length + 1)], out _) is null ? 0 : 1;
        }

        Assert.InRange(read, 1, 4999);
    }

    private static IReadOnlyList<byte[]>? Calls(string text) => EntryReader.Calls(EntryKind.Sequence, Encoding.UTF8.GetBytes(text), out _);

    private string[] Names() => [.. EntryList.Read(_folder.Path).Select(entry => entry.Name)];

    private void Write(string name, string content)
    {
        string path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private void WritePacked(string name, byte[] content)
    {
        using var packed = new GZipStream(File.Create(Path.Combine(_folder.Path, name)), CompressionLevel.Fastest);
        packed.Write(content);
    }
}
