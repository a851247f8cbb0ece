using System.Runtime.Intrinsics;
using Edgewise.Feedback;
using Edgewise.Feedback.Kernels;
using FsCheck;
using FsCheck.Fluent;

namespace Edgewise.Tests.Feedback;

public sealed class KernelTests
{
    private const byte Guard = 0xA5;

    [Theory]
    [MemberData(nameof(KernelPath.NamesAndKinds), MemberType = typeof(KernelPath))]
    public void Every_count_against_every_history_byte_gives_what_the_words_say(string pathName, HistoryKind kind)
    {
        KernelPath path = KernelPath.Get(pathName);
        byte[] counters = new byte[64];
        byte[] history = new byte[64];
        byte[] expected = new byte[64];

        for (int pair = 0; pair < 256 * 256; pair++)
        {
            // Each position of a vector has its turn; the other points are never hit.
            int point = pair % 63;
            counters[point] = (byte)(pair >> 8);
            history[point] = expected[point] = (byte)pair;

            Novelty novelty = PlainFeedback.Absorb(counters, expected, kind);

            Assert.Equal(novelty != Novelty.Nothing, path.HasNovelty(counters, history, kind));
            Assert.Equal(novelty, path.Absorb(counters, history, kind));
            Assert.Equal(expected[point], history[point]);
            counters[point] = history[point] = expected[point] = 0;
        }

        Assert.All(history, seen => Assert.Equal(0, seen));
    }

    [Fact]
    public void The_look_ups_are_right_too_where_a_shuffle_gives_zero_above_fifteen_as_that_of_NEON_does()
    {
        for (int hits = 0; hits < 256; hits++)
        {
            Vector128<byte> counters = Vector128.Create((byte)hits);

            // The portable shuffle gives zero there on every machine.
            Vector128<byte> classes = Vector128.Max(
                Vector128.Shuffle(ClassTables.BelowSixteen128, counters),
                Vector128.Shuffle(ClassTables.ByHighHalf128, counters >>> 4));

            Assert.Equal(Vector128.Create(PlainFeedback.Class((byte)hits)), classes);
        }
    }

    [Theory]
    [MemberData(nameof(KernelPath.NamesAndKinds), MemberType = typeof(KernelPath))]
    public void Absorb_equals_the_words_at_every_length_and_alignment_and_writes_nothing_beside(string pathName, HistoryKind kind)
    {
        KernelPath path = KernelPath.Get(pathName);
        var random = new Random(1);
        byte[][] pools = [CounterMap.Random(random, 10_000, 0.02), CounterMap.Random(random, 10_000, 0.4)];
        Span<byte> countersAround = new byte[64 + 300];
        Span<byte> historyAround = new byte[64 + 300 + 64];

        for (int length = 0; length <= 300; length++)
        {
            for (int alignment = 0; alignment < 64; alignment++)
            {
                byte[] counters = pools[alignment % 2].AsSpan(random.Next(9_000), length).ToArray();
                byte[] history = CounterMap.History(random, counters, kind, variant: length + (alignment / 2));
                byte[] expected = [.. history];
                Novelty novelty = PlainFeedback.Absorb(counters, expected, kind);
                int historyAlignment = (alignment * 37) % 64;
                countersAround.Fill(Guard);
                historyAround.Fill(Guard);
                Span<byte> countersThere = countersAround.Slice(alignment, length);
                Span<byte> historyThere = historyAround.Slice(historyAlignment, length);
                counters.CopyTo(countersThere);
                history.CopyTo(historyThere);

                bool hasNovelty = path.HasNovelty(countersThere, historyThere, kind);
                bool untouched = historyThere.SequenceEqual(history);
                Novelty absorbed = path.Absorb(countersThere, historyThere, kind);

                Assert.True(untouched, $"HasNovelty changed the history at length {length}, alignment {alignment}");
                Assert.Equal(novelty != Novelty.Nothing, hasNovelty);
                Assert.Equal(novelty, absorbed);
                Assert.True(historyThere.SequenceEqual(expected), $"wrong history at length {length}, alignment {alignment}");
                Assert.True(countersThere.SequenceEqual(counters), $"counters changed at length {length}, alignment {alignment}");
                Assert.False(historyAround[..historyAlignment].ContainsAnyExcept(Guard), $"wrote before the history, length {length}");
                Assert.False(
                    historyAround[(historyAlignment + length)..].ContainsAnyExcept(Guard), $"wrote behind the history, length {length}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(KernelPath.Names), MemberType = typeof(KernelPath))]
    public void Classify_equals_the_words_at_every_length_and_alignment_and_writes_nothing_beside(string pathName)
    {
        KernelPath path = KernelPath.Get(pathName);
        var random = new Random(2);
        byte[][] pools = [CounterMap.Random(random, 10_000, 0.02), CounterMap.Random(random, 10_000, 0.4)];
        Span<byte> around = new byte[64 + 300 + 64];

        for (int length = 0; length <= 300; length++)
        {
            for (int alignment = 0; alignment < 64; alignment++)
            {
                ReadOnlySpan<byte> counters = pools[alignment % 2].AsSpan(random.Next(9_000), length);
                byte[] expected = PlainFeedback.Classify(counters);
                around.Fill(Guard);
                Span<byte> there = around.Slice(alignment, length);

                path.Classify(counters, there);
                bool apart = there.SequenceEqual(expected);
                counters.CopyTo(there);
                path.Classify(there, there);

                Assert.True(apart, $"wrong classes at length {length}, alignment {alignment}");
                Assert.True(there.SequenceEqual(expected), $"wrong classes in place at length {length}, alignment {alignment}");
                Assert.False(around[..alignment].ContainsAnyExcept(Guard), $"wrote before the classes at length {length}");
                Assert.False(around[(alignment + length)..].ContainsAnyExcept(Guard), $"wrote behind the classes at length {length}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(KernelPath.NamesAndKinds), MemberType = typeof(KernelPath))]
    public void Long_random_maps_give_what_the_words_say(string pathName, HistoryKind kind)
    {
        KernelPath path = KernelPath.Get(pathName);
        Gen<(int Length, double HitShare, int Variant, int Seed)> maps =
            from length in Gen.Choose(0, 5000)
            from hitShare in Gen.Elements(0, 0.001, 0.01, 0.3, 1)
            from variant in Gen.Choose(0, 3)
            from seed in Gen.Choose(0, int.MaxValue)
            select (length, hitShare, variant, seed);

        Prop.ForAll(maps.ToArbitrary(), map =>
        {
            var random = new Random(map.Seed);
            byte[] counters = CounterMap.Random(random, map.Length, map.HitShare);
            byte[] history = CounterMap.History(random, counters, kind, map.Variant);
            byte[] expected = [.. history];
            Novelty novelty = PlainFeedback.Absorb(counters, expected, kind);
            return path.HasNovelty(counters, history, kind) == (novelty != Novelty.Nothing)
                && path.Absorb(counters, history, kind) == novelty
                && history.AsSpan().SequenceEqual(expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    [Theory]
    [MemberData(nameof(KernelPath.NamesAndKinds), MemberType = typeof(KernelPath))]
    public void Novelty_at_any_single_point_is_found_there(string pathName, HistoryKind kind)
    {
        const int Points = 1200;
        KernelPath path = KernelPath.Get(pathName);
        byte[] counters = [.. Enumerable.Repeat((byte)3, Points)];
        byte[] history = [.. Enumerable.Repeat((byte)4, Points)];

        for (int point = 0; point < Points; point++)
        {
            counters[point] = 200;

            Assert.True(path.HasNovelty(counters, history, kind), $"nothing found at {point}");
            Assert.Equal(Novelty.NewClass, path.Absorb(counters, history, kind));
            Assert.False(path.HasNovelty(counters, history, kind), $"found again at {point}");
            Assert.Equal(Novelty.Nothing, path.Absorb(counters, history, kind));
        }
    }

    [Theory]
    [MemberData(nameof(KernelPath.NamesAndKinds), MemberType = typeof(KernelPath))]
    public void Early_novelty_hides_no_late_one_and_a_weak_one_no_strong_one(string pathName, HistoryKind kind)
    {
        KernelPath path = KernelPath.Get(pathName);
        foreach (int length in (int[])[2, 8, 9, 15, 17, 33, 64, 65, 128, 200, 511, 512, 513, 1024, 1025, 4096, 65536 + 1])
        {
            foreach ((int weak, int strong) in ((int, int)[])[(0, length - 1), (length - 1, 0), (length / 2, length - 1), (0, 1)])
            {
                if (weak == strong)
                {
                    continue;
                }

                byte[] counters = new byte[length];
                byte[] history = new byte[length];
                counters[weak] = 2;
                history[weak] = 1;
                counters[strong] = 1;

                Novelty novelty = path.Absorb(counters, history, kind);

                Assert.Equal(Novelty.NewPoint, novelty);
                Assert.Equal(kind == HistoryKind.ClassMask ? 3 : 2, history[weak]);
                Assert.Equal(1, history[strong]);
            }
        }
    }
}
