using System.Numerics;
using Edgewise.Showmap;
using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Differential;
using Edgewise.Showmap.Differential.Reading;
using Edgewise.Showmap.Platform;
using Edgewise.Showmap.Replay;
using Edgewise.Showmap.Replay.Records;
using Edgewise.Showmap.Replay.Workers;

namespace Edgewise.Tests.Showmap;

public sealed class ReplayFormTests : IDisposable
{
    private readonly Runtime.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checksum_is_crc32c_of_the_bytes_one_by_one()
    {
        byte[] record = [.. Enumerable.Range(0, 41).Select(i => (byte)(i * 37))];
        for (int length = 0; length <= record.Length; length++)
        {
            uint sum = ~0u;
            for (int i = 0; i < length; i++)
            {
                sum = BitOperations.Crc32C(sum, record[i]);
            }

            Assert.Equal(~sum, RecordBuffer.Checksum(record.AsSpan(0, length)));
        }

        Assert.Equal(0xE3069283u, RecordBuffer.Checksum("123456789"u8));
    }

    [Fact]
    public void Numbers_and_texts_of_a_record_come_back_and_a_record_that_ends_early_is_told()
    {
        ulong[] numbers = [0, 1, 127, 128, 300, int.MaxValue, uint.MaxValue, ulong.MaxValue];
        var buffer = new RecordBuffer();
        buffer.Begin(RecordKind.Session);
        Array.ForEach(numbers, buffer.Write);
        buffer.Write("a täxt");
        buffer.End();

        byte[] record = buffer.Whole[RecordBuffer.PrefixSize..].ToArray();
        Assert.Equal(numbers, Read(record, out string text));
        Assert.Equal("a täxt", text);
        for (int length = 0; length < record.Length; length++)
        {
            Assert.Throws<FormatException>(() => Read(record[..length], out _));
        }

        ulong[] Read(byte[] bytes, out string last)
        {
            var cursor = new RecordCursor(bytes);
            Assert.Equal((byte)RecordKind.Session, cursor.Byte());
            ulong[] read = new ulong[numbers.Length];
            for (int i = 0; i < read.Length; i++)
            {
                read[i] = cursor.Number();
            }

            last = cursor.Text();
            return read;
        }
    }

    [Fact]
    public void An_order_comes_back_but_for_the_limits_that_the_parent_keeps()
    {
        var settings = new ReplaySettings
        {
            TargetPath = "/a/Target.dll",
            Method = "m",
            Assemblies = "A,B",
            Expected = ["X.Y", "Z"],
            Isolation = Isolation.Context,
            Workers = 3,
            LargestEntry = 77,
            UsesCache = false,
        };
        var order = new ReplayOrder(settings, "plan", "dead", "block", "index", "cache", "print", 2, 512, 4711);
        string path = Path.Combine(_folder.Path, "order");

        foreach (string? method in (string?[])["m", null])
        {
            ReplayOrder written = order with { Settings = settings with { Method = method } };
            written.Write(path);
            ReplayOrder read = ReplayOrder.Read(path);

            Assert.Equal(settings.Expected, read.Settings.Expected);
            Assert.Equal(written, read with { Settings = read.Settings with { Expected = settings.Expected } });
        }
    }

    [Fact]
    public void Files_of_any_length_are_read_as_they_are_and_a_pipe_without_a_writer_is_empty()
    {
        var random = new Random(3);
        foreach (int length in (int[])[0, 1, 65_535, 65_536, 65_537, 200_000])
        {
            byte[] content = new byte[length];
            random.NextBytes(content);
            string path = Path.Combine(_folder.Path, $"{length}");
            File.WriteAllBytes(path, content);

            Assert.Equal(content, new EntryReader(EntryReader.UsualLargest).Read(new ReplayEntry("e", path, EntryKind.Input), out string? problem));
            Assert.Null(problem);
            Assert.Equal(OperatingSystem.IsLinux() && length < 65_536, PlainFile.TryRead(path) is not null);
        }

        Assert.Null(new EntryReader(100).Read(new ReplayEntry("e", Path.Combine(_folder.Path, "65535"), EntryKind.Input), out string? tooLong));
        Assert.Equal("more than 100 bytes", tooLong);
        Assert.Null(new EntryReader(100).Read(new ReplayEntry("e", Path.Combine(_folder.Path, "none"), EntryKind.Input), out string? missing));
        Assert.Contains("none", missing, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
        {
            string pipe = Path.Combine(_folder.Path, "pipe");
            using var make = System.Diagnostics.Process.Start("mkfifo", [pipe]);
            make.WaitForExit();
            Assert.Empty(PlainFile.TryRead(pipe)!);

            // Nor does a pipe among the trials of a campaign hold up who reads them.
            var edges = new EdgeSet(1);
            new ShowmapReader(new EdgeNames()).Read(pipe, edges);
            Assert.Equal(0, edges.Count);
        }
    }

    [Fact]
    public void A_file_is_written_as_a_whole_and_none_that_is_there_is_lost()
    {
        string path = Path.Combine(_folder.Path, "a"), temporary = Path.Combine(_folder.Path, "t");
        bool isLinux = OperatingSystem.IsLinux();

        Assert.Equal(isLinux, PlainFile.TryWrite(path, temporary, "one"u8, replaces: false));
        Assert.False(PlainFile.TryWrite(path, temporary, "two"u8, replaces: false));
        File.Delete(temporary);
        if (isLinux)
        {
            Assert.Equal("one", File.ReadAllText(path));
            Assert.True(PlainFile.TryWrite(path, temporary, "three"u8, replaces: true));
            Assert.Equal("three", File.ReadAllText(path));
        }

        Assert.False(PlainFile.TryWrite(Path.Combine(_folder.Path, "none", "a"), temporary, "x"u8, replaces: true));
        File.Delete(temporary);
    }

    [Fact]
    public void A_name_with_any_control_character_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (char control in Enumerable.Range(1, 0xFF).Select(c => (char)c).Where(c => c is not ('/' or '.')))
        {
            string corpus = Directory.CreateDirectory(Path.Combine(_folder.Path, $"corpus-{(int)control}")).FullName;
            File.WriteAllText(Path.Combine(corpus, $"a{control}b"), "");

            Exception? failure = Record.Exception(() => EntryList.Read(corpus));
            Assert.Equal(char.IsControl(control), failure is ShowmapException);
        }
    }
}
