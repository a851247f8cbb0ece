using Edgewise.Runtime.Formats;
using Edgewise.Runtime.Formats.Legacy;
using Edgewise.Sancov.Legacy;

namespace Edgewise.Tests.Sancov.Legacy;

/// <summary>The readers on files that the genuine tools of 2016 wrote, and the writers against those very bytes.</summary>
public sealed class LegacySampleTests
{
    private static readonly ulong[] Covered = [0x4267a6, 0x4267e2, 0x426804, 0x426861];

    [Fact]
    public void A_bitset_has_a_digit_a_point()
    {
        LegacyBitset bitset = LegacyBitset.Read(Samples.Bitset);

        Assert.Equal([true, true, true, false, true], bitset.Bits);
        Assert.Equal(4, bitset.CoveredCount);
        Assert.Equal(File.ReadAllBytes(Samples.Bitset), BitsetFile.Encode([1, 1, 255, 0, 5]));
    }

    [Fact]
    public void Counters_have_the_class_of_each_point()
    {
        LegacyCounters counters = LegacyCounters.Read(Samples.Counters);

        Assert.Equal([1, 1, 1, 0, 8], counters.Classes);
        Assert.Equal(["1", "1", "1", "0", "4-7"], counters.Classes.Select(LegacyCounters.NameOf));
        Assert.Equal(File.ReadAllBytes(Samples.Counters), CountersFile.Encode([1, 1, 1, 0, 5]));
    }

    [Fact]
    public void Callers_and_callees_come_in_pairs()
    {
        LegacyCalls calls = LegacyCalls.Read(Samples.Calls);

        CodePlace caller = new("/src/cov16i", 0x4269b3);
        Assert.Equal([new CallPair(caller, new("/src/cov16i", 0x4269c0)), new CallPair(caller, new("/src/cov16i", 0x4269d0))], calls.Pairs);
        Assert.Equal(File.ReadAllBytes(Samples.Calls), CallerCalleeFile.Encode(calls.Pairs));
    }

    [Fact]
    public void A_trace_has_points_units_and_events()
    {
        LegacyTrace trace = LegacyTrace.Read(Samples.Events);

        Assert.Equal([0x42679c, 0x4267c8, 0x4267d9, 0, 0x42680b], trace.Points.Select(point => point.Offset));
        Assert.Equal(CodePlace.Unknown, trace.Points[3]);
        Assert.Equal(["cov16.c"], trace.Units);
        Assert.Equal([1, 2, 0, 4, 4, 4, 4, 4], trace.Events);
        Assert.Equal(File.ReadAllBytes(Samples.TracePoints), TraceFile.EncodePoints(trace.Points));
        Assert.Equal(File.ReadAllBytes(Samples.Events), TraceFile.EncodeEvents([.. trace.Events.Select(point => (uint)point)]));
        Assert.Equal(File.ReadAllBytes(Samples.Of("legacy/trace/trace-compunits.4338.sancov")), TraceFile.EncodeUnits(trace.Units));
    }

    [Fact]
    public void A_raw_file_becomes_the_sancov_file_that_another_run_wrote_itself()
    {
        List<string> warnings = [];

        UnpackedSancov unpacked = Assert.Single(RawReader.Read(Samples.Raw, warnings));

        Assert.Equal(("cov16", "4335", "cov16.4335.sancov"), (unpacked.Module, unpacked.ProcessText, unpacked.FileName));
        Assert.Equal(Covered, SancovFile.Decode(unpacked.Content, ""));
        Assert.Equal(File.ReadAllBytes(Samples.Of("legacy/coverage_1/cov16.4317.sancov")), unpacked.Content);
        Assert.Empty(warnings);
    }

    [Fact]
    public void The_map_of_a_real_process_names_its_libraries()
    {
        RawMap map = RawMap.Read(Samples.RawMap);

        Assert.Equal(8, map.Width);
        Assert.Equal(
            ["cov16", "libc.so.6", "libstdc++.so.6", "libgcc_s.so.1", "libm.so.6", "linux-vdso.so.1", "ld-linux-x86-64.so.2"], map.Ranges.Select(range => range.Module));
        Assert.Equal("libm.so.6", map.Find(0x7f20adb3f000)?.Module);
        Assert.Null(map.Find(0x426969));
        Assert.Null(map.Find(1));
    }

    [Theory]
    [InlineData("py/7036.sancov.raw", new[] { "a.out.7036.sancov", "lib with space.so.7036.sancov" }, 0)]
    [InlineData("py/8.sancov.raw", new string[0], 1)]
    public void Raw_files_give_what_sancov_py_made_of_them(string name, string[] expected, int warningCount)
    {
        List<string> warnings = [];

        IReadOnlyList<UnpackedSancov> files = RawReader.Read(Samples.Of(name), warnings);

        Assert.Equal(expected, files.Select(file => file.FileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Samples.Of("py/" + file.FileName)), file.Content));
        Assert.Equal(warningCount, warnings.Count);
        Assert.All(warnings, warning => Assert.EndsWith("the first is 0x7f0000003000", warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("py/123.sancov.packed", "a.out.123.sancov", "libfoo.so.123.sancov")]
    [InlineData("py/sock.sancov.packed", "a.out.77.sancov")]
    public void Packed_files_give_what_sancov_py_took_out_of_them(string name, params string[] expected)
    {
        IReadOnlyList<UnpackedSancov> files = PackedReader.Read(Samples.Of(name));

        Assert.Equal(expected, files.Select(file => file.FileName));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Samples.Of("py/" + file.FileName)), file.Content));
    }

    [Fact]
    public void A_packed_file_is_written_as_the_sample_whole_or_in_blocks()
    {
        IReadOnlyList<UnpackedSancov> files = PackedReader.Read(Samples.Packed);
        (string, byte[])[] modules = [.. files.Select(file => (file.Module, file.Content))];

        Assert.Equal(File.ReadAllBytes(Samples.Packed), PackedFile.Encode(123, modules));
        using var folder = new Runtime.TemporaryFolder();
        byte[] blocks = PackedFile.Encode(123, modules, 40);
        File.WriteAllBytes(folder.File("1.sancov.packed"), blocks);
        Assert.True(blocks.Length > File.ReadAllBytes(Samples.Packed).Length);
        Assert.Equal(files.Select(file => (file.FileName, Convert.ToHexString(file.Content))), PackedReader.Read(folder.File("1.sancov.packed")).Select(file => (file.FileName, Convert.ToHexString(file.Content))));
        Assert.Throws<ArgumentException>(() => PackedFile.Encode(123, modules, 24));
    }
}
