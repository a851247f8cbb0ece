using System.Globalization;
using System.Text;
using Edgewise.Showmap;
using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.Reading;

namespace Edgewise.Tests.Showmap.Differential;

public sealed class ShowmapReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData("1", true)]
    [InlineData("+5", true)]
    [InlineData("1_000", true)]
    [InlineData(" \t7 ", true)]
    [InlineData("123456789012345678901234567890", true)]
    [InlineData("\u0663", true)]
    [InlineData("\uFF11", true)]
    [InlineData("0", false)]
    [InlineData("0_0", false)]
    [InlineData("-3", false)]
    [InlineData("", null)]
    [InlineData("_1", null)]
    [InlineData("1_", null)]
    [InlineData("1__0", null)]
    [InlineData("+ 5", null)]
    [InlineData("--1", null)]
    [InlineData("1.0", null)]
    [InlineData("0x1", null)]
    [InlineData("\u00B2", null)]
    public void Counts_are_read_as_Python_reads_them(string text, bool? expected)
    {
        bool isRead = CountText.TryRead(text, out bool isPositive);

        Assert.Equal(expected, isRead ? isPositive : null);
    }

    [Fact]
    public void Python_reads_no_more_than_4300_digits()
    {
        Assert.True(CountText.TryRead(new string('1', 4300), out _));
        Assert.False(CountText.TryRead(new string('1', 4301), out _));
        Assert.Throws<ShowmapException>(() => Read($"a:{new string('1', 4301)}\n"));
    }

    [Theory]
    [InlineData("1:1\n000001:1\n", "1|000001")]
    [InlineData("a:1\r\nb:1\rc:1\u000bd:1\u001ce:1\u2028f:1\u0085g:1", "a|b|c|d|e|f|g")]
    [InlineData("  a b :1\n\n \t\nb: +5 \n", "a b |b")]
    [InlineData("a:1\nb:1\na:0\n", "b")]
    [InlineData("\uFEFFa:1\n", "a")]
    [InlineData(":3", "")]
    [InlineData("é:1\n\U0001D7D9:1", "é|\U0001D7D9")]
    public void Lines_are_those_of_the_original(string text, string ids) => Assert.Equal(ids.Split('|'), Read(text));

    [Fact]
    public void A_line_that_is_no_text_or_too_long_is_named()
    {
        File.WriteAllBytes(_file, [(byte)'a', (byte)':', (byte)'1', (byte)'\n', 0xFF, (byte)':', (byte)'1']);
        Assert.Equal($"{_file}:2: is no UTF-8 text; expected ID:COUNT", Assert.Throws<ShowmapException>(() => ReadFile(new EdgeNames())).Message);

        File.WriteAllText(_file, new string('a', (1 << 24) + 1));
        Assert.Equal($"{_file}:1: is longer than 16 MiB; expected ID:COUNT", Assert.Throws<ShowmapException>(() => ReadFile(new EdgeNames())).Message);
    }

    [Fact]
    public void Long_lines_and_files_across_buffers_are_whole()
    {
        string longId = new('x', 700_000);
        string[] ids = [.. Enumerable.Range(0, 60_000).Select(static i => $"cil_0123456789abcdef_{i:x8}"), longId, "last"];

        Assert.Equal(ids, Read(string.Concat(ids.Select(static id => $"{id}:12\n"))));
    }

    [Fact]
    public void What_a_reader_read_before_does_not_change_what_it_reads()
    {
        Random random = new(3);
        EdgeNames names = new();
        ShowmapReader reader = new(names);
        for (int round = 0; round < 200; round++)
        {
            Dictionary<string, bool> expected = new(StringComparer.Ordinal);
            StringBuilder text = new();
            int from = random.Next(300), rate = random.Next(1, 10);
            for (int i = 0; i < 300; i++)
            {
                if (random.Next(10) < rate)
                {
                    string id = (random.Next(20) == 0 ? random.Next(300) : (from + i) % 300).ToString(random.Next(50) == 0 ? "000" : "0", CultureInfo.InvariantCulture);
                    int count = random.Next(4);
                    text.Append(CultureInfo.InvariantCulture, $"{id}:{count}{(random.Next(30) == 0 ? " \r\n" : "\n")}");
                    expected[id] = count > 0;
                }
            }

            File.WriteAllText(_file, text.ToString());
            EdgeSet edges = new(1);
            reader.Read(_file, edges);

            Assert.Equal(expected.Where(static id => id.Value).Select(static id => id.Key).Order(StringComparer.Ordinal), Names(edges, names).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Several_threads_give_an_id_one_number()
    {
        EdgeNames names = new();
        int[][] numbers = new int[4][];
        Parallel.For(0, numbers.Length, thread => numbers[thread] = [.. Enumerable.Range(0, 30_000).Select(i => names.NumberOf(Encoding.ASCII.GetBytes($"id-{(i + (thread * 7500)) % 30_000}")))]);

        Assert.Equal(30_000, names.Count);
        for (int thread = 0; thread < numbers.Length; thread++)
        {
            Assert.Equal(Enumerable.Range(0, 30_000).Select(i => $"id-{(i + (thread * 7500)) % 30_000}"), numbers[thread].Select(number => Encoding.ASCII.GetString(names.NameOf(number))));
        }
    }

    [Fact]
    public void Thousands_of_damaged_files_are_read_or_refused_by_name()
    {
        Random random = new(11);
        byte[] good = Encoding.UTF8.GetBytes("000098:2\r\ncil_0123456789abcdef_00000010:1_000\n  spaced : +5\n\u0663:\u0663\nsancov_0x0001:3\nlast:1");
        int refused = 0;
        ShowmapReader reader = new(new EdgeNames());
        for (int round = 0; round < 4000; round++)
        {
            List<byte> bytes = [.. good];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int place = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0: bytes[place] = (byte)random.Next(256); break;
                    case 1: bytes.RemoveAt(place); break;
                    case 2: bytes.Insert(place, (byte)":\n\r0_-\u001c"[random.Next(7)]); break;
                    default: bytes.RemoveRange(place, Math.Min(random.Next(8), bytes.Count - place)); break;
                }

                bytes = bytes.Count == 0 ? [.. good] : bytes;
            }

            File.WriteAllBytes(_file, [.. bytes]);
            try
            {
                reader.Read(_file, new EdgeSet(1));
            }
            catch (ShowmapException failure)
            {
                Assert.StartsWith($"{_file}:", failure.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 400, 3900);
    }

    public void Dispose() => File.Delete(_file);

    private string[] Read(string text)
    {
        File.WriteAllText(_file, text);
        EdgeNames names = new();
        return Names(ReadFile(names), names);
    }

    private EdgeSet ReadFile(EdgeNames names)
    {
        EdgeSet edges = new(1);
        new ShowmapReader(names).Read(_file, edges);
        return edges;
    }

    private static string[] Names(EdgeSet edges, EdgeNames names) => [.. Enumerable.Range(0, names.Count).Where(edges.Contains).Select(edge => Encoding.UTF8.GetString(names.NameOf(edge)))];
}
