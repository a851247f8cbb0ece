using Edgewise.Fuzzing.Campaigns;
using Edgewise.Supervision;

namespace Edgewise.Tests.Fuzzing;

public sealed unsafe class CampaignMemoryTests
{
    private static readonly CampaignSizes Small = new(Points: 3, ExtraFeatures: 2, InputRoom: 16, Entries: 1, Heap: 32);

    [Fact]
    public void It_grows_and_keeps_what_it_held()
    {
        using var memory = CampaignMemory.Create(Small, 1);
        memory.History[2] = 5;
        memory.Frequencies[Small.Features - 1] = 9;
        memory.Input[15] = 7;
        List<string> moves = [];
        memory.Moved = moves.Add;

        for (int i = 0; i < 100; i++)
        {
            memory.Add([(byte)i, 1, 2, 3], [(uint)i]);
        }

        Assert.NotEmpty(moves);
        Assert.Equal(100, memory.Header->EntryCount);
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal([(byte)i, 1, 2, 3], memory.DataOf(i).ToArray()));
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal([(uint)i], memory.FeaturesOf(i).ToArray()));
        Assert.Equal((5, 9, 7), (memory.History[2], memory.Frequencies[Small.Features - 1], memory.Input[15]));
        Assert.All(moves.SkipLast(1), path => Assert.False(File.Exists(path)));
    }

    [Fact]
    public void More_points_leave_features_their_numbers()
    {
        using var memory = CampaignMemory.Create(Small, 1);
        memory.Frequencies[Small.ExtraFeatures + 8] = 4;
        memory.History[1] = 1;

        memory.Resize(100);

        Assert.Equal(100, memory.Header->Sizes.Points);
        Assert.Equal(4, memory.Frequencies[Small.ExtraFeatures + 8]);
        Assert.Equal(1, memory.History[1]);
        Assert.Equal(0, memory.History[99]);
    }

    [Fact]
    public void An_entry_takes_shorter_and_longer_bytes()
    {
        using var memory = CampaignMemory.Create(Small, 1);
        memory.Add("four"u8, [1]);

        memory.Replace(0, "3"u8);
        Assert.Equal("3"u8, memory.DataOf(0));

        memory.Replace(0, "a longer one than before"u8);
        Assert.Equal("a longer one than before"u8, memory.DataOf(0));
        Assert.Equal([1u], memory.FeaturesOf(0).ToArray());
    }

    [Fact]
    public void The_sums_of_its_entries_are_those_that_a_look_at_all_gives()
    {
        using var memory = CampaignMemory.Create(Small, 1);
        var random = new Random(3);

        for (int i = 0; i < 500; i++)
        {
            byte[] data = new byte[random.Next(12)];
            if (i < 4 || random.Next(3) == 0)
            {
                memory.Add(data, []);
            }
            else
            {
                memory.Replace(random.Next(memory.Header->EntryCount), data);
            }

            int[] lengths = [.. Enumerable.Range(0, memory.Header->EntryCount).Select(entry => memory.DataOf(entry).Length)];
            Assert.Equal((lengths.Sum(), lengths.Max()), (memory.Header->EntryBytes, memory.Header->LongestEntry));
        }
    }

    [Fact]
    public void A_saved_one_without_the_sums_gets_them()
    {
        using var memory = CampaignMemory.Create(Small, 1);
        memory.Add("four"u8, []);
        memory.Add("longer"u8, []);
        memory.Header->EntryBytes = memory.Header->LongestEntry = 0;

        using CampaignMemory restored = CampaignMemory.Restore(memory.Bytes)!;

        Assert.Equal((10, 6), (restored.Header->EntryBytes, restored.Header->LongestEntry));
    }

    [Fact]
    public void Another_process_sees_the_same_by_its_path()
    {
        using var memory = CampaignMemory.Create(Small, 1);
        memory.Add("seen"u8, []);

        using var other = CampaignMemory.Open(memory.Path);

        Assert.Equal("seen"u8, other.DataOf(0));
    }

    [Fact]
    public void A_file_that_is_none_is_refused_by_name()
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, new byte[10_000]);

        var failure = Assert.Throws<SupervisionException>(() => CampaignMemory.Open(path));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Fact]
    public void Damaged_copies_are_told_from_whole_ones()
    {
        using var memory = CampaignMemory.Create(Small, 1);
        byte[] saved = memory.Bytes.ToArray();
        using (CampaignMemory? restored = CampaignMemory.Restore(saved))
        {
            Assert.NotNull(restored);
        }

        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = saved[..random.Next(saved.Length)];
            Assert.Null(CampaignMemory.Restore(damaged));
        }

        for (int i = 0; i < 24; i++)
        {
            // The format, and the sizes of which all places are made.
            byte[] damaged = [.. saved];
            damaged[i] ^= 0x80;
            Assert.Null(CampaignMemory.Restore(damaged));
        }
    }
}
