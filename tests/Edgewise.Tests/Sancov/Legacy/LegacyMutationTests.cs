using Edgewise.Runtime.Formats;
using Edgewise.Sancov;
using Edgewise.Sancov.Legacy;
using Edgewise.Tests.Runtime;

namespace Edgewise.Tests.Sancov.Legacy;

/// <summary>Damaged files: an error that names the file, or a reading of it that is consistent, and nothing else.</summary>
public sealed class LegacyMutationTests : IDisposable
{
    private const int Rounds = 1500;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mutated_bitsets_fail_by_name_or_are_digits() => Mutate([Samples.Bitset], path =>
        Assert.Equal(File.ReadAllText(path), string.Concat(LegacyBitset.Read(path).Bits.Select(bit => bit ? '1' : '0'))));

    [Fact]
    public void Mutated_counters_fail_by_name_or_are_classes() => Mutate([Samples.Counters], path =>
        Assert.Equal(File.ReadAllBytes(path), LegacyCounters.Read(path).Classes));

    [Fact]
    public void Mutated_pairs_fail_by_name_or_are_pairs_of_lines() => Mutate([Samples.Calls], path =>
        Assert.Equal(File.ReadAllBytes(path).Count(value => value == '\n'), 2 * LegacyCalls.Read(path).Pairs.Count));

    [Fact]
    public void Mutated_events_fail_by_name_or_name_points() => Mutate([Samples.Events, Samples.TracePoints], path =>
    {
        LegacyTrace trace = LegacyTrace.Read(path);
        Assert.All(trace.Events, point => Assert.InRange(point, 0, trace.Points.Count - 1));
    });

    [Fact]
    public void Mutated_points_of_a_trace_fail_by_name() => Mutate([Samples.TracePoints, Samples.Events], path =>
        Assert.Equal(File.ReadAllBytes(path).Count(value => value == '\n'), LegacyTrace.ReadPoints(path).Count));

    [Fact]
    public void Mutated_packed_files_fail_by_name_or_hold_whole_sancov_files() => Mutate([Samples.Packed], path =>
        Assert.All(PackedReader.Read(path), file => Assert.True(FileNames.IsPlain(file.FileName) && SancovFile.Decode(file.Content, "").Length >= 0)));

    [Fact]
    public void Mutated_maps_fail_by_name_or_have_ranges_in_order() => Mutate([Samples.RawMap], path =>
        Assert.All(RawMap.Read(path).Ranges, range => Assert.True(range.Base <= range.Start && range.Start <= range.End)));

    [Fact]
    public void Mutated_raw_files_fail_by_name_or_hold_the_PCs_that_are_in_the_map() => Mutate([Samples.Of("py/8.sancov.raw"), Samples.Of("py/8.sancov.map")], path =>
        Assert.All(RawReader.Read(path, []), file => Assert.Equal("lib.so", file.Module)));

    [Theory]
    [InlineData("1.sancov.packed", "abcde", "packed, offset 4: 1 bytes are left; the length of a name takes 4")]
    [InlineData("1.sancov.packed", "\u0001\0\0\0\u0005\0\0\0\u0018\0\0\0a.out", "packed, offset 0: process 1, a name of 5 and data of 24 bytes, where 5 are left")]
    [InlineData("m.1.bitset-sancov", "1102", "bitset, offset 3: byte 0x32; a digit 0 or 1 expected")]
    [InlineData("m.1.counters-sancov", "\u0001\u0003", "counters, offset 1: byte 0x03; zero or one bit expected")]
    [InlineData("caller-callee.1.sancov", "/a 0x1\n", "caller-callee, line 1: the last pair has no callee; two lines a pair expected")]
    [InlineData("caller-callee.1.sancov", "/a 0x1\n/b 17\n", "caller-callee, line 2: '/b 17'; MODULE 0xOFFSET expected")]
    [InlineData("caller-callee.1.sancov", "/a 0x1\n/b 0x17", "caller-callee, offset 14: the last line has no end; the file is cut off")]
    [InlineData("1.sancov.map", "65\n", "map, line 1: '65'; 64 or 32, the bits of a PC, expected")]
    [InlineData("1.sancov.map", "64\n5 4 0 a\n", "map, line 2: '5 4 0 a'; START END BASE MODULE, in hex, with BASE <= START <= END, expected")]
    [InlineData("1.sancov.map", "64\n10 20 0 a\n18 28 0 b\n", "map: the ranges of a and b overlap at 0x18")]
    public void A_damaged_file_is_told_with_place_and_expectation(string name, string content, string expected)
    {
        string path = _folder.File(name);
        File.WriteAllText(path, content);

        CoverageFormatException failure = Assert.Throws<CoverageFormatException>(() => Read(path));

        Assert.Equal($"{path}: {expected}", failure.Message);
    }

    [Fact]
    public void Events_that_name_no_point_are_told_with_their_place()
    {
        File.WriteAllText(_folder.File("trace-points.1.sancov"), "/a 0x1\n");
        File.WriteAllBytes(_folder.File("trace-events.1.sancov"), [0, 0, 0, 0, 1, 0, 0, 0]);
        File.WriteAllBytes(_folder.File("trace-events.1-2.sancov"), [0, 0, 0, 0, 0]);

        CoverageFormatException stranger = Assert.Throws<CoverageFormatException>(() => LegacyTrace.Read(_folder.File("trace-events.1.sancov")));
        CoverageFormatException cut = Assert.Throws<CoverageFormatException>(() => LegacyTrace.Read(_folder.File("trace-events.1-2.sancov")));

        Assert.Equal($"{_folder.File("trace-events.1.sancov")}: trace-events, offset 4: point 1; one of the 1 points of the file beside it expected", stranger.Message);
        Assert.Equal($"{_folder.File("trace-events.1-2.sancov")}: trace-events, offset 4: 1 bytes of an event of 4; the file is cut off", cut.Message);
    }

    private static void Read(string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".packed":
                PackedReader.Read(path);
                break;
            case ".bitset-sancov":
                LegacyBitset.Read(path);
                break;
            case ".counters-sancov":
                LegacyCounters.Read(path);
                break;
            case ".map":
                RawMap.Read(path);
                break;
            default:
                LegacyCalls.Read(path);
                break;
        }
    }

    /// <summary>Reads mutations of the first file; the others stand beside it unharmed.</summary>
    private void Mutate(string[] files, Action<string> read)
    {
        foreach (string file in files)
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)), overwrite: true);
        }

        string path = _folder.File(Path.GetFileName(files[0]));
        byte[] content = File.ReadAllBytes(path);
        var random = new Random(2016);
        int failures = 0;
        for (int round = 0; round < Rounds; round++)
        {
            File.WriteAllBytes(path, Mutated(content, random));
            try
            {
                read(path);
            }
            catch (Exception failure) when (failure is CoverageFormatException or SancovException)
            {
                failures++;
                Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(failures, Rounds / 20, Rounds);
    }

    private static byte[] Mutated(byte[] content, Random random)
    {
        var bytes = content.ToList();
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int place = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                case 1:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                case 2 when place < bytes.Count:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 3 when place + 4 <= bytes.Count:
                    bytes[place] = bytes[place + 1] = bytes[place + 2] = bytes[place + 3] = random.Next(2) == 0 ? (byte)0xFF : (byte)0x7F;
                    break;
                default:
                    bytes.AddRange(content.AsSpan(0, random.Next(content.Length)).ToArray());
                    break;
            }
        }

        return [.. bytes];
    }
}
