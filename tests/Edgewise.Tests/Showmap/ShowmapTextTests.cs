using System.Text;
using Edgewise.Showmap;
using Edgewise.Showmap.Files;

namespace Edgewise.Tests.Showmap;

public sealed class ShowmapTextTests
{
    private static readonly CodeModule Contract = new(PointDomain.Evm, new string('a', 16) + new string('0', 48));
    private static readonly CodeModule Native = new(PointDomain.Sancov, "0123456789abcdef0123456789abcdef01234567");
    private static readonly CodeModule Managed = new(PointDomain.Cil, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");

    [Fact]
    public void Only_counts_above_zero_are_written() =>
        Assert.Equal("evm_aaaaaaaaaaaaaaaa_002a:3\n", Text([Contract], new(0, 0x2a, 3), new(0, 0x2b, 0)));

    [Fact]
    public void Native_points_are_named_by_their_index() =>
        Assert.Equal("sancov_0x0001:3\nsancov_0x0003:1\n", Text([Native], new(0, 0, 0), new(0, 1, 3), new(0, 2, 0), new(0, 3, 1)));

    [Fact]
    public void Nothing_gives_no_text()
    {
        Assert.Empty(Text([Native]));
        Assert.Empty(Text([]));
    }

    [Fact]
    public void Domains_stand_in_the_order_evm_sancov_cil_and_numbers_ascend() => Assert.Equal(
        "evm_aaaaaaaaaaaaaaaa_0007:5\nsancov_0x0000:2\ncil_9f86d081884c7d65_00000010:1\ncil_9f86d081884c7d65_12345678:18446744073709551615\n",
        Text([Managed, Native, Contract], new(0, 0x12345678, ulong.MaxValue), new(1, 0, 2), new(0, 0x10, 1), new(2, 7, 5)));

    [Fact]
    public void Counts_of_one_point_are_added_up_to_the_largest_number() =>
        Assert.Equal("sancov_0x0001:18446744073709551615\nsancov_0x0002:7\n", Text([Native], new(0, 1, ulong.MaxValue - 1), new(0, 1, 5), new(0, 2, 3), new(0, 2, 4)));

    [Fact]
    public void Hashes_that_begin_alike_are_an_error_that_names_both()
    {
        CodeModule other = Contract with { Hash = new string('a', 16) + new string('1', 48) };

        ShowmapException error = Assert.Throws<ShowmapException>(() => new ShowmapText([Contract, other]));

        Assert.Contains(Contract.Hash, error.Message, StringComparison.Ordinal);
        Assert.Contains(other.Hash, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        string text = Text([Managed, Native, Contract], new(0, 0x20a4, 9), new(1, 0x12345, 1), new(2, 0x6000, 77));

        ShowmapLine[] lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => ShowmapLine.TryParse(line, out ShowmapLine parsed) ? parsed : throw new FormatException(line))];

        Assert.Equal(
            [new(PointDomain.Evm, "aaaaaaaaaaaaaaaa", 0x6000, 77), new(PointDomain.Sancov, "", 0x12345, 1), new(PointDomain.Cil, "9f86d081884c7d65", 0x20a4, 9)], lines);
        Assert.Equal(text, string.Concat(lines.Select(line => line + "\n")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cil")]
    [InlineData("cil_9f86d081884c7d65_000020a4")]
    [InlineData("cil_9f86d081884c7d65_000020a4:")]
    [InlineData("cil_9f86d081884c7d65_000020a4:-1")]
    [InlineData("cil_9f86d081884c7d65_000020a4:1:2")]
    [InlineData("cil_9f86d081884c7d65_:1")]
    [InlineData("cil_9f86d081884c7d65_0000000G:1")]
    [InlineData("cil_9f86d081884c7d6_0000020a4:1")]
    [InlineData("cil_9F86d081884c7d65_000020a4:1")]
    [InlineData("sancov_1:1")]
    [InlineData("other_9f86d081884c7d65_000020a4:1")]
    [InlineData("evm_aaaaaaaaaaaaaaaa_fffffffffffffffff:1")]
    [InlineData("evm_aaaaaaaaaaaaaaaa_0001:18446744073709551616")]
    public void A_line_of_another_form_is_refused(string line) => Assert.False(ShowmapLine.TryParse(line, out _));

    [Fact]
    public void Thousands_of_changed_files_are_read_or_refused_with_the_line()
    {
        byte[] text = Encoding.ASCII.GetBytes(Text([Managed, Native, Contract], [.. Enumerable.Range(0, 30).Select(i => new PointCount(i % 3, (ulong)i * 77, (ulong)i))]));
        using var folder = new Runtime.TemporaryFolder();
        string path = Path.Combine(folder.Path, "trial.txt");
        var random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] changed = [.. text];
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, changed[..random.Next(changed.Length + 1)]);
            try
            {
                ShowmapFile.Read(path);
            }
            catch (ShowmapException error)
            {
                refused++;
                Assert.StartsWith($"{path}: line ", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 1000, 2999);
    }

    private static string Text(CodeModule[] modules, params PointCount[] counts) => Encoding.ASCII.GetString(new ShowmapText(modules).Of(counts));
}
