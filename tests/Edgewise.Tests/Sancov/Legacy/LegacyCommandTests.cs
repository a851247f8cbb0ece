using System.Text.Json;
using Edgewise.Runtime.Formats;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Sancov.Legacy;

public sealed class LegacyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bitset_prints_how_many_points_were_reached() =>
        Assert.Equal((0, $"{Samples.Bitset}: 4 of 5 points\n", ""), CoverageFolder.Run("bitset", Samples.Bitset));

    [Fact]
    public void Counters_prints_the_points_that_were_reached_and_how_often() =>
        Assert.Equal((0, "0 1\n1 1\n2 1\n4 4-7\n", ""), CoverageFolder.Run("counters", Samples.Counters));

    [Fact]
    public void Callers_prints_each_pair_once_over_all_files()
    {
        string copy = _folder.File("caller-callee.5.sancov");
        File.Copy(Samples.Calls, copy);

        Assert.Equal(
            (0, "/src/cov16i 0x4269b3 -> /src/cov16i 0x4269c0\n/src/cov16i 0x4269b3 -> /src/cov16i 0x4269d0\n", ""),
            CoverageFolder.Run("callers", Samples.Calls, copy));
    }

    [Fact]
    public void Trace_prints_the_sequence_of_points_with_their_places()
    {
        string loop = string.Concat(Enumerable.Repeat("4 /src/cov16t 0x42680b\n", 5));

        Assert.Equal(
            (0, $"1 /src/cov16t 0x4267c8\n2 /src/cov16t 0x4267d9\n0 /src/cov16t 0x42679c\n{loop}", ""), CoverageFolder.Run("trace", Samples.Events));
    }

    [Fact]
    public void Json_holds_the_same()
    {
        using JsonDocument bitset = JsonDocument.Parse(CoverageFolder.Run("bitset", "--json", "-", Samples.Bitset).Output);
        using JsonDocument counters = JsonDocument.Parse(CoverageFolder.Run("counters", "--json", "-", Samples.Counters).Output);
        using JsonDocument calls = JsonDocument.Parse(CoverageFolder.Run("callers", "--json", "-", Samples.Calls).Output);
        using JsonDocument trace = JsonDocument.Parse(CoverageFolder.Run("trace", "--json", "-", Samples.Events).Output);

        Assert.Equal("11101", First(bitset).GetProperty("bits").GetString());
        Assert.Equal("[1,1,1,0,8]", Compact(First(counters).GetProperty("classes")));
        Assert.Equal("0x4269d0", First(calls).GetProperty("pairs")[1].GetProperty("callee").GetProperty("offset").GetString());
        Assert.Equal("[1,2,0,4,4,4,4,4]", Compact(First(trace).GetProperty("events")));
        Assert.Equal("cov16.c", First(trace).GetProperty("units")[0].GetString());
    }

    [Fact]
    public void Unpack_writes_sancov_files_and_does_it_again_without_doubling_them()
    {
        string[] expected = [Path.Combine(_folder.Path, "a.out.123.sancov"), Path.Combine(_folder.Path, "libfoo.so.123.sancov")];

        var first = CoverageFolder.Run("unpack", "--output", _folder.Path, Samples.Packed);
        var second = CoverageFolder.Run("unpack", "--output", _folder.Path, Samples.Packed, Samples.Packed);

        Assert.Equal((0, string.Join('\n', expected) + "\n", ""), first);
        Assert.Equal(first, second);
        Assert.Equal(File.ReadAllBytes(Samples.Of("py/a.out.123.sancov")), File.ReadAllBytes(expected[0]));
        Assert.Equal((0, "0xdeeda\n0xdef09\n", ""), CoverageFolder.Run("print", expected[0]));
    }

    [Fact]
    public void Unpack_harms_no_file_of_other_content()
    {
        File.WriteAllText(_folder.File("libfoo.so.123.sancov"), "something else");

        (int exitCode, _, string error) = CoverageFolder.Run("unpack", "--output", _folder.Path, Samples.Packed);

        Assert.Equal((1, $"edgewise: {_folder.File("libfoo.so.123.sancov")}: is there already with other content; --output names another folder\n"), (exitCode, error));
        Assert.Equal(["libfoo.so.123.sancov"], _folder.Names());
        Assert.Equal("something else", File.ReadAllText(_folder.File("libfoo.so.123.sancov")));
    }

    [Fact]
    public void Rawunpack_makes_the_sancov_file_of_each_module()
    {
        (int exitCode, string output, string error) = CoverageFolder.Run("rawunpack", "-o", _folder.Path, Samples.Raw, Samples.Of("py/7036.sancov.raw"));

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(["a.out.7036.sancov", "cov16.4335.sancov", "lib with space.so.7036.sancov"], _folder.Names());
        Assert.Equal(3, output.Count(character => character == '\n'));
        Assert.Equal([0x4267a6UL, 0x4267e2UL, 0x426804UL, 0x426861UL], SancovFile.Read(_folder.File("cov16.4335.sancov")));
    }

    [Theory]
    [InlineData("rawunpack", "py/a.out.77.sancov", "expected a name like 4711.sancov.raw: the number of the process")]
    [InlineData("trace", "legacy/trace/trace-points.4338.sancov", "expected a name like trace-events.4711.sancov, or trace-events.4711-2.sancov for another thread")]
    [InlineData("unpack", "py/trunc.packed", "packed, offset 4: 1 bytes are left; the length of a name takes 4")]
    [InlineData("callers", "nosuch", "there is no such file")]
    public void A_file_that_is_not_one_is_one_line_on_standard_error(string action, string name, string expected) =>
        Assert.Equal((1, "", $"edgewise: {Samples.Of(name)}: {expected}\n"), CoverageFolder.Run(action, Samples.Of(name)));

    private static JsonElement First(JsonDocument document) => document.RootElement.GetProperty("files")[0];

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
