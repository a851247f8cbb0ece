using System.IO.Compression;
using System.Text;
using Edgewise.Showmap;
using Edgewise.Showmap.Evm.Entries;
using Edgewise.Showmap.Evm.Words;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Showmap.Evm;

public sealed class EvmSequenceFileTests
{
    private const string Call = """{"sender":"0x0000000000000000000000000000000000000001","target":"0x7FA9385bE102ac3EAc297483Dd6233D62b3e1496","calldata":"0x4c39e060"}""";

    [Fact]
    public void Fields_are_read_and_absent_ones_are_nothing()
    {
        IReadOnlyList<EvmTransaction> calls = Parse($$"""[{{Call}}, {"warp":"0xe10","roll":"0x5","value":"0x0de0b6b3a7640000","sender":"0x{{new string('f', 40)}}","target":"0x{{new string('0', 40)}}","calldata":"0x"}]""");
        Assert.Equal(2, calls.Count);
        Assert.Equal("0x7fa9385be102ac3eac297483dd6233d62b3e1496", calls[0].Target.ToAddress());
        Assert.Equal([0x4c, 0x39, 0xe0, 0x60], calls[0].Calldata.ToArray());
        Assert.Equal((EvmWord.Zero, EvmWord.Zero, EvmWord.Zero), (calls[0].Value, calls[0].Warp, calls[0].Roll));
        Assert.Equal(((EvmWord)1_000_000_000_000_000_000UL, (EvmWord)3600UL, (EvmWord)5UL), (calls[1].Value, calls[1].Warp, calls[1].Roll));
    }

    [Fact]
    public void Numbers_may_be_null_as_older_forges_wrote_them() =>
        Assert.Equal(EvmWord.Zero, Parse($"[{Call[..^1]},\"warp\":null,\"roll\":7}}]")[0].Warp);

    [Theory]
    [InlineData("{}", "expected an array of calls, found {}")]
    [InlineData("[1]", "call 0: expected an object, found 1")]
    [InlineData("[{}]", "call 0: field 'sender' is missing")]
    [InlineData("[", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("[[[[[[[[[[]]]]]]]]]]", "not JSON")]
    public void What_is_no_sequence_is_an_error(string json, string message) =>
        Assert.Contains("x.json: " + message, Assert.Throws<ShowmapException>(() => Parse(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"sender\":\"0x01\"", "field 'sender': expected an address")]
    [InlineData("\"sender\":5", "field 'sender': expected an address")]
    [InlineData("\"calldata\":\"0x4\"", "field 'calldata': expected bytes")]
    [InlineData("\"calldata\":\"4c39\"", "field 'calldata': expected bytes")]
    [InlineData("\"value\":\"-1\"", "field 'value': expected a number")]
    [InlineData("\"warp\":1.5", "field 'warp': expected a number")]
    [InlineData("\"roll\":\"0x1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\"", "field 'roll': expected a number")]
    [InlineData("\"gas\":1", "field 'gas': unknown")]
    [InlineData("\"\\u001b[31m\":1", "field '.[31m': unknown")]
    public void An_error_names_call_and_field(string field, string message) =>
        Assert.Contains("x.json: call 1, " + message, Assert.Throws<ShowmapException>(() => Parse($"[{Call},{{{field}}}]")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_field_that_is_there_twice_is_an_error() =>
        Assert.Contains("field 'warp': is there twice", Assert.Throws<ShowmapException>(() => Parse($"[{Call[..^1]},\"warp\":1,\"warp\":2}}]")).Message, StringComparison.Ordinal);

    [Fact]
    public void Real_entries_are_read_packed_or_not()
    {
        Assert.Equal(11, EvmSequenceFile.Read(Path.Combine(FoundryFiles.Folder, "made", "created-contracts.json.gz")).Count);
        Assert.All(FoundryFiles.Entries("corpus"), static path => Assert.NotEmpty(EvmSequenceFile.Read(path)));
    }

    [Fact]
    public void A_file_that_unpacks_to_too_much_is_an_error_before_it_fills_the_memory()
    {
        using TemporaryFolder folder = new();
        string bomb = Path.Combine(folder.Path, "bomb.json.gz");
        using (GZipStream stream = new(File.Create(bomb), CompressionLevel.Fastest))
        {
            byte[] spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)' ');
            for (int megabyte = 0; megabyte <= EvmSequenceFile.LargestFile >> 20; megabyte++)
            {
                stream.Write(spaces);
            }
        }

        Assert.Contains("more than 64 MiB", Assert.Throws<ShowmapException>(() => EvmSequenceFile.Read(bomb)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_an_error_that_names_them()
    {
        using TemporaryFolder folder = new();
        string broken = Path.Combine(folder.Path, "broken.json.gz"), missing = Path.Combine(folder.Path, "missing.json");
        File.WriteAllText(broken, "[]");
        Assert.StartsWith(broken, Assert.Throws<ShowmapException>(() => EvmSequenceFile.Read(broken)).Message, StringComparison.Ordinal);
        Assert.StartsWith(missing, Assert.Throws<ShowmapException>(() => EvmSequenceFile.Read(missing)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_mutation_of_an_entry_is_read_or_is_an_error_that_names_the_file()
    {
        Random random = new(1559);
        byte[][] seeds = [.. FoundryFiles.Entries("made").Where(static path => path.EndsWith(".json", StringComparison.Ordinal)).Select(File.ReadAllBytes)];
        int read = 0, refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] json = [.. seeds[random.Next(seeds.Length)]];
            for (int change = random.Next(1, 4); change > 0 && json.Length > 0; change--)
            {
                int place = random.Next(json.Length);
                json = random.Next(4) switch
                {
                    0 => [.. json[..place], .. json[Math.Min(json.Length, place + random.Next(1, 9))..]],
                    1 => [.. json[..place], .. json[random.Next(place + 1)..]],
                    2 => [.. json[..place], (byte)"\"{}[],:0x\\eu-"[random.Next(13)], .. json[place..]],
                    _ => [.. json[..place], (byte)random.Next(256), .. json[(place + 1)..]],
                };
            }

            try
            {
                _ = EvmSequenceFile.Parse(json, "x.json");
                read++;
            }
            catch (ShowmapException error)
            {
                Assert.StartsWith("x.json", error.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.True(read > 100 && refused > 1000, $"{read} read, {refused} refused");
    }

    private static IReadOnlyList<EvmTransaction> Parse(string json) => EvmSequenceFile.Parse(Encoding.UTF8.GetBytes(json), "x.json");
}
