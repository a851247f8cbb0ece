using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Replay;
using Edgewise.Showmap.Replay.Records;
using Edgewise.Showmap.Replay.Targets;

namespace Edgewise.Tests.Showmap;

public sealed class ReplayRecordTests : IDisposable
{
    private static readonly ReplayModule Library = new("cil", "Library.dll", "/bin/Library.dll", new string('a', 64), 100), Other = new("cil", "Other.dll", "/bin/Other.dll", new string('b', 64), 50);
    private static readonly EntryOutcome Fine = new(EntryFate.Accepted, "", 1, 0, 0);

    private readonly Runtime.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Counts_of_calls_are_added_up_and_a_call_that_comes_n_times_counts_n_times()
    {
        var sums = new CountSums();
        byte[] counters = new byte[70];
        (counters[3], counters[64]) = (7, 1);
        for (int i = 0; i < 5; i++)
        {
            sums.Add(0, counters);
        }

        sums.Add(1, [0, 2]);

        Assert.Equal([new SlotCount(0, 3, 35), new SlotCount(0, 64, 5), new SlotCount(1, 1, 2)], sums.Take());
        Assert.Empty(sums.Take());
    }

    [Fact]
    public void A_module_that_grew_keeps_its_counts_and_a_counter_at_its_ceiling_is_marked()
    {
        var sums = new CountSums();
        sums.Add(0, [10]);
        sums.Add(0, [1, 2, 255]);

        Assert.Equal(1, sums.Saturated);
        Assert.Equal([new SlotCount(0, 0, 11), new SlotCount(0, 1, 2), new SlotCount(0, 2, 255)], sums.Take());
        Assert.Equal(0, sums.Saturated);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        EntryCounts counts = new(Fine, [new(0, 5, 3), new(0, 99, ulong.MaxValue / 2), new(1, 0, 1), new(1, 49, 300)], [new(0, 7, 0)], 2);
        string path = Write("x", (Hash(1), counts), (Hash(2), new EntryCounts(new(EntryFate.Crashed, "why", 3, 1, 1), [], [], 0)));

        List<(ContentHash, EntryCounts)> read = [];
        List<(int, int, ulong)> points = [];
        bool isWhole = new RecordReader { Entry = (hash, entry) => read.Add((hash, entry)), Point = (module, slot, pc) => points.Add((module, slot, pc)) }.Read(path);

        Assert.True(isWhole);
        Assert.Equal([Hash(1), Hash(2)], read.Select(entry => entry.Item1));
        Assert.Equal((counts.Outcome, 2), (read[0].Item2.Outcome, read[0].Item2.Saturated));
        Assert.Equal(counts.Counts, read[0].Item2.Counts);
        Assert.Equal(counts.Before, read[0].Item2.Before);
        Assert.Equal("why", read[1].Item2.Outcome.Reason);
        Assert.Equal([(0, 5, 5ul), (0, 99, 99ul), (1, 0, 1000ul), (1, 49, 1049ul), (0, 7, 7ul)], points);
    }

    [Fact]
    public void A_file_that_ends_anywhere_or_is_damaged_gives_what_is_whole()
    {
        byte[] whole = File.ReadAllBytes(Write("x", [.. Enumerable.Range(0, 20).Select(i => (Hash(i), new EntryCounts(Fine, [new(i % 2, i, (ulong)i + 1)], [], 0)))]));
        string path = Path.Combine(_folder.Path, "changed");
        var random = new Random(9);
        for (int i = 0; i < 2000; i++)
        {
            byte[] changed = [.. whole[..random.Next(whole.Length + 1)]];
            if (i % 2 == 0 && changed.Length > 0)
            {
                changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
            }

            File.WriteAllBytes(path, changed);
            int entries = 0;
            new RecordReader { Entry = (hash, counts) => Assert.Equal(Hash(entries), (entries++, hash).hash) }.Read(path);
            Assert.InRange(entries, 0, 20);
        }
    }

    [Fact]
    public void What_depends_on_what_ran_before_belongs_to_the_first_entry_that_met_it_whoever_ran_it()
    {
        ReplayEntry[] entries = [.. Enumerable.Range(0, 3).Select(i => new ReplayEntry($"e{i}", $"/e{i}", EntryKind.Input))];
        EntryCounts Plain(int slot) => new(Fine, [new(0, slot, 1)], [], 0);
        EntryCounts WithStart(int slot) => new(Fine, [new(0, slot, 1)], [new(0, 90, 1)], 0);

        // One process runs all: the first entry starts up. Two processes: the first of each does.
        string together = Write("together", (Hash(0), Plain(1)), (Hash(1), WithStart(2)), (Hash(2), Plain(3)));
        string one = Write("one", (Hash(0), Plain(1)), (Hash(2), WithStart(3))), two = Write("two", (Hash(1), WithStart(2)));

        foreach (string[] files in (string[][])[[together], [one, two], [two, one]])
        {
            var builder = new ResultBuilder([Hash(0), Hash(1), Hash(2)], [Library with { Path = "/now/Library.dll" }]);
            Array.ForEach(files, builder.Add);
            ReplayResult result = builder.Build("t", entries, _ => null, i => Hash(i));

            Assert.Equal([(0, 90)], result.Unstable);
            Assert.Equal("/now/Library.dll", result.Modules[0].Path);
            Assert.Equal([[1], [2, 90], [3]], result.Entries.Select(entry => entry.Counts.Select(count => count.Slot)));
        }
    }

    [Fact]
    public void Two_runs_of_an_entry_that_differ_tell_where()
    {
        EntryCounts first = new(Fine, [new(0, 1, 1), new(0, 2, 5), new(1, 0, 1)], [], 0), second = new(Fine, [new(0, 2, 4), new(1, 0, 1), new(1, 9, 2)], [], 0);

        EntryCounts both = Stability.Compare(first, second);

        Assert.Equal(second.Counts, both.Counts);
        Assert.Equal([new SlotCount(0, 1, 1), new SlotCount(0, 2, 5), new SlotCount(1, 9, 0)], both.Before);
        Assert.Empty(Stability.Compare(first, first).Before);
    }

    [Fact]
    public void An_entry_that_fails_once_fails()
    {
        EntryCounts fine = new(Fine, [new(0, 1, 1)], [], 0), crash = new(new(EntryFate.Crashed, "x", 1, 0, 0), [], [], 0);

        Assert.Equal(EntryFate.Crashed, Stability.Compare(fine, crash).Outcome.Fate);
        Assert.Equal(EntryFate.Crashed, Stability.Compare(crash, fine).Outcome.Fate);
    }

    private static ContentHash Hash(int number) => ContentHash.Of(EntryKind.Input, [(byte)number]);

    private string Write(string name, params (ContentHash Hash, EntryCounts Counts)[] entries)
    {
        string path = Path.Combine(_folder.Path, name);
        using var writer = new RecordWriter(path);
        writer.Add("fingerprint");
        writer.Add(Library);
        writer.Add(Other);
        foreach ((ContentHash hash, EntryCounts counts) in entries)
        {
            writer.Add(hash, counts, (module, slot) => ((ulong)module * 1000) + (ulong)slot);
        }

        return path;
    }
}
