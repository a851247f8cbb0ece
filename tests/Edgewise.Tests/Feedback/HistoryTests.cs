using Edgewise.Feedback;
using Edgewise.Tests.Hosting;
using FsCheck;
using FsCheck.Fluent;

namespace Edgewise.Tests.Feedback;

public sealed class HistoryTests
{
    [Fact]
    public void A_mask_calls_every_class_new_once_whatever_the_order()
    {
        byte[] history = new byte[1];

        Novelty[] found = [.. ((byte[])[40, 41, 1, 1, 200, 5, 7]).Select(hits => History.Absorb([hits], history))];

        Assert.Equal(
            [Novelty.NewPoint, Novelty.Nothing, Novelty.NewClass, Novelty.Nothing, Novelty.NewClass, Novelty.NewClass, Novelty.Nothing],
            found);
        Assert.Equal(64 | 1 | 128 | 8, history[0]);
    }

    [Fact]
    public void A_largest_class_calls_no_smaller_class_new()
    {
        byte[] history = new byte[1];

        Novelty[] found = [.. ((byte[])[2, 40, 1, 5, 200, 255]).Select(hits => History.Absorb([hits], history, HistoryKind.LargestClass))];

        Assert.Equal(
            [Novelty.NewPoint, Novelty.NewClass, Novelty.Nothing, Novelty.Nothing, Novelty.NewClass, Novelty.Nothing],
            found);
        Assert.Equal(128, history[0]);
    }

    [Theory]
    [InlineData(HistoryKind.ClassMask)]
    [InlineData(HistoryKind.LargestClass)]
    public void A_history_byte_of_255_masks_its_point(HistoryKind kind)
    {
        byte[] counters = [.. Enumerable.Range(0, 256).Select(hits => (byte)hits)];
        byte[] history = [.. Enumerable.Repeat((byte)255, 256)];

        Assert.False(History.HasNovelty(counters, history, kind));
        Assert.Equal(Novelty.Nothing, History.Absorb(counters, history, kind));
    }

    [Theory]
    [InlineData(HistoryKind.ClassMask)]
    [InlineData(HistoryKind.LargestClass)]
    public void An_empty_map_has_no_novelty(HistoryKind kind)
    {
        Assert.False(History.HasNovelty([], [], kind));
        Assert.Equal(Novelty.Nothing, History.Absorb([], [], kind));
    }

    [Theory]
    [InlineData(HistoryKind.ClassMask)]
    [InlineData(HistoryKind.LargestClass)]
    public void A_history_only_grows_and_has_each_run_once_it_absorbed_it(HistoryKind kind) =>
        Prop.ForAll<NonEmptyArray<byte[]>>(runs =>
        {
            int points = runs.Get.Max(run => run.Length);
            byte[] history = new byte[points];
            foreach (byte[] run in runs.Get)
            {
                byte[] counters = new byte[points];
                run.CopyTo(counters, 0);
                byte[] before = [.. history];
                History.Absorb(counters, history, kind);
                Assert.All(before.Zip(history), pair => Assert.True(
                    kind == HistoryKind.ClassMask ? (pair.First & ~pair.Second) == 0 : pair.First <= pair.Second));
                Assert.False(History.HasNovelty(counters, history, kind));
            }
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Theory]
    [InlineData(HistoryKind.ClassMask)]
    [InlineData(HistoryKind.LargestClass)]
    public void The_order_of_the_runs_does_not_change_the_history(HistoryKind kind)
    {
        var random = new Random(4);
        byte[][] runs = [.. Enumerable.Range(0, 20).Select(_ => CounterMap.Random(random, 777, 0.2))];
        byte[] forwards = new byte[777];
        byte[] backwards = new byte[777];

        foreach (byte[] run in runs)
        {
            History.Absorb(run, forwards, kind);
        }

        foreach (byte[] run in runs.Reverse())
        {
            History.Absorb(run, backwards, kind);
        }

        Assert.Equal(forwards, backwards);
        Assert.Contains(forwards, seen => seen != 0);
    }

    [Fact]
    public void Neither_call_allocates()
    {
        byte[] counters = CounterMap.Random(new Random(5), 70_001, 0.1);
        byte[] history = new byte[counters.Length];
        History.Absorb(counters, history);
        History.HasNovelty(counters, history);
        bool hasNovelty = false;
        Novelty novelty = default;

        long allocated = AllocatedBytes.LeastOfFive(() =>
        {
            history.AsSpan().Clear();
            hasNovelty = History.HasNovelty(counters, history);
            novelty = History.Absorb(counters, history);
        });

        Assert.True(hasNovelty);
        Assert.Equal(Novelty.NewPoint, novelty);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_history_of_other_points_is_refused_with_both_lengths()
    {
        var compared = Assert.Throws<ArgumentException>(() => History.HasNovelty(new byte[5], new byte[6]));
        var absorbed = Assert.Throws<ArgumentException>(() => History.Absorb(new byte[7], new byte[6]));

        Assert.Contains("5 counters need a history of as many points, not 6", compared.Message, StringComparison.Ordinal);
        Assert.Contains("7 counters need a history of as many points, not 6", absorbed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_kind_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => History.HasNovelty(new byte[5], new byte[5], (HistoryKind)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => History.Absorb(new byte[5], new byte[5], (HistoryKind)7));
    }

    [Theory]
    [InlineData(Novelty.Nothing, Novelty.NewClass, Novelty.NewClass)]
    [InlineData(Novelty.NewPoint, Novelty.NewClass, Novelty.NewPoint)]
    [InlineData(Novelty.Nothing, Novelty.Nothing, Novelty.Nothing)]
    public void The_novelty_of_two_parts_is_the_stronger(Novelty left, Novelty right, Novelty expected)
    {
        Assert.Equal(expected, left.Or(right));
        Assert.Equal(expected, right.Or(left));
    }
}
