using System.Security.Cryptography;
using Edgewise.Exploration.Engines;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Knowledge;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Hosting;

namespace Edgewise.Tests.Exploration.Knowledge;

public sealed class HistoryFileTests : IDisposable
{
    private const string Build = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static readonly string OtherBuild = new('7', 64);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_was_known_is_known_again()
    {
        SearchHistory maze = History();
        maze.MaskEdge(2);
        var file = new HistoryFile(Build);
        file.Set("maze", maze);
        file.Set("lock service", new SearchHistory());

        file.Write(_folder.At("history"));
        HistoryFile read = HistoryFile.Read(_folder.At("history"), Build);

        Assert.Equal(["lock service", "maze"], read.Histories.Keys);
        SearchHistory again = read.Histories["maze"];
        Assert.Equal(maze.States.OrderBy(state => state.Key), again.States.OrderBy(state => state.Key));
        Assert.Equal((4, 3, 1), (again.EdgeCount, again.CoveredEdgeCount, again.MaskedEdgeCount));
        Assert.True(again.IsMasked(2));
        Assert.True(again.Absorb(Result()).IsEmpty);
        Assert.Equal(["history"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Equal_histories_are_equal_bytes()
    {
        var first = new HistoryFile(Build);
        var second = new HistoryFile(Build.ToUpperInvariant());
        first.Set("a", History());
        first.Set("b", new SearchHistory());
        second.Set("b", new SearchHistory());
        second.Set("a", HistoryFile.Parse(first.ToBytes(), "first").Histories["a"]);

        Assert.Equal(first.ToBytes(), second.ToBytes());
    }

    [Fact]
    public void Another_build_is_refused_and_both_are_named()
    {
        new HistoryFile(Build).Write(_folder.At("history"));

        CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => HistoryFile.Read(_folder.At("history"), OtherBuild));

        Assert.StartsWith(_folder.At("history"), failure.Message, StringComparison.Ordinal);
        Assert.Contains(Build, failure.Message, StringComparison.Ordinal);
        Assert.Contains(OtherBuild, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_is_refused_before_anything_else_is_read()
    {
        byte[] bytes = new HistoryFile(Build).ToBytes();
        bytes[HistoryFile.Magic.Length] = 9;

        CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => HistoryFile.Parse(bytes, "some.history"));

        Assert.Equal("some.history: history of searches, version 9; expected version 1", failure.Message);
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_told_from_a_whole_one()
    {
        byte[] bytes = Whole();

        for (int length = 0; length < bytes.Length; length++)
        {
            byte[] part = bytes[..length];
            Assert.Contains("some.history: history of searches", Assert.Throws<CoverageFormatException>(() => HistoryFile.Parse(part, "some.history")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        byte[] bytes = Whole();

        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 0x41;
            Assert.Throws<CoverageFormatException>(() => HistoryFile.Parse(changed, "some.history"));
        }
    }

    [Fact]
    public void A_damaged_file_whose_checksum_is_right_is_read_or_refused_and_never_more()
    {
        byte[] bytes = Whole();
        var random = new Random(4711);
        int refused = 0;
        for (int i = 0; i < 5000; i++)
        {
            byte[] changed = Mutate(bytes, random);
            try
            {
                HistoryFile file = HistoryFile.Parse(changed, "some.history");
                // What was read is a history: it can be written, and read again.
                Assert.Equal(file.ToBytes(), HistoryFile.Parse(file.ToBytes(), "again").ToBytes());
            }
            catch (CoverageFormatException failure)
            {
                Assert.StartsWith("some.history: history of searches", failure.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 4999);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0011")]
    [InlineData("not a hash")]
    public void A_build_that_is_no_hash_is_refused(string build) => Assert.Throws<FormatException>(() => new HistoryFile(build));

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static byte[] Whole()
    {
        var file = new HistoryFile(Build);
        file.Set("maze", History());
        file.Set("lock service", new SearchHistory());
        return file.ToBytes();
    }

    private static SearchHistory History()
    {
        var history = new SearchHistory();
        history.Absorb(Result());
        return history;
    }

    private static TimelineResult Result() => new()
    {
        End = Edgewise.Exploration.TimelineEnd.Good,
        Discoveries = [new Discovery(DiscoveryKind.FirstTrue, 77, 0, 0, 3), new Discovery(DiscoveryKind.Watermark, ulong.MaxValue, -5, 1, 2)],
        Tallies = [],
        Descriptions = [],
        Counters = new byte[] { 1, 0, 3, 200 },
        Draws = 10,
        Segments = 0,
    };

    // One to three bytes change, or a part is cut out or doubled; the checksum fits again, so that the reader itself is tried.
    private static byte[] Mutate(byte[] bytes, Random random)
    {
        List<byte> content = [.. bytes[..^HistoryFile.ChecksumSize]];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int place = random.Next(content.Count), length = random.Next(1, Math.Min(9, content.Count - place + 1));
            switch (random.Next(4))
            {
                case 0:
                    content.RemoveRange(place, length);
                    break;
                case 1:
                    content.InsertRange(place, content.GetRange(place, length));
                    break;
                default:
                    content[place] = (byte)random.Next(256);
                    break;
            }
        }

        byte[] changed = [.. content];
        return [.. changed, .. SHA256.HashData(changed)];
    }
}
