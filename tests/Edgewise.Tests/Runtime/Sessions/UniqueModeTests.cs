using Edgewise.Runtime.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace Edgewise.Tests.Runtime.Sessions;

/// <summary>Unique modes against sets that .NET keeps.</summary>
public sealed class UniqueModeTests
{
    [Fact]
    public void Whatever_is_passed_comes_back_once_in_the_order_of_its_first_time() =>
        Prop.ForAll<byte[], byte>(static (passed, spread) =>
        {
            // Neighbours and points that are far apart, on pages of their own.
            int[] points = [.. passed.Select(point => point * (spread + 1) * 37)];
            TraceSnapshot both = Pass.Traced(TraceModes.UniqPc | TraceModes.UniqEdge, () => Pass.Points(points));
            TraceSnapshot alone = Pass.Traced(TraceModes.UniqPc, () => Pass.Points(points));
            TraceSnapshot all = Pass.Traced(TraceModes.TracePc, () => Pass.Points(points));
            int[] unique = [.. points.Distinct()];
            return Pass.Recorded(both).SequenceEqual(unique) && Pass.Recorded(alone).SequenceEqual(unique) && Pass.Recorded(all).SequenceEqual(points)
                && both.Edges.SequenceEqual(Pairs(points).Distinct())
                && alone.PcAccount == new TraceAccount(points.Length, unique.Length, 0, 0, unique.Length);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Compares_come_back_once_whatever_their_operands() =>
        Prop.ForAll<(byte Left, byte Right)[]>(static passed =>
        {
            (uint, uint)[] operands = [.. passed.Select(pair => ((uint)pair.Left % 16, (uint)pair.Right % 16))];
            TraceSnapshot found = Pass.Traced(TraceModes.UniqCmp, () => Pass.Compares(operands));
            return found.Compares.Select(compare => ((uint)compare.Left, (uint)compare.Right)).SequenceEqual(operands.Distinct())
                && found.CompareAccount.Events == operands.Length;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(TraceModes.UniqPc)]
    [InlineData(TraceModes.UniqPc | TraceModes.UniqEdge)]
    [InlineData(TraceModes.UniqCmp)]
    public void After_a_reset_an_identical_run_reports_the_identical_set(TraceModes modes)
    {
        using TraceSession session = TraceSession.Create(1024);
        session.Enable(modes);

        // Stamps begin anew after 255 epochs.
        for (int run = 0; run < 600; run++)
        {
            session.Reset();
            Pass.Points(1, 2, 1, 3, 2, 1);
            Pass.Compares((1, 2), (2, 1), (1, 2));
            if (run % 37 == 0 || run is > 250 and < 260)
            {
                TraceSnapshot found = session.Collect();
                Assert.Equal(modes.HasFlag(TraceModes.UniqPc) ? [1, 2, 3] : [], Pass.Recorded(found));
                Assert.Equal(modes.HasFlag(TraceModes.UniqEdge) ? 5 : 0, found.Edges.Count);
                Assert.Equal(modes == TraceModes.UniqCmp ? 2 : 0, found.Compares.Count);
                Assert.Equal(modes == TraceModes.UniqCmp ? default : 6L, found.PcAccount.Events);
            }
        }
    }

    [Fact]
    public void What_found_no_room_is_counted_once_and_named()
    {
        int[] points = [.. Enumerable.Range(0, 100).Concat(Enumerable.Range(50, 100))];

        TraceSnapshot found = Pass.Traced(TraceModes.UniqPc | TraceModes.UniqEdge, () => Pass.Points(points), words: 41);

        Assert.Equal(new TraceAccount(200, 40, 110, 110, 40), found.PcAccount);
        Assert.Equal(Enumerable.Range(0, 150).Select(point => (ulong)(Pass.FirstPoint + point)), found.Pcs.ToArray().Concat(found.UnrecordedPcs).Order());
        HashSet<TraceEdge> edges = [.. found.Edges, .. found.UnrecordedEdges];
        Assert.True(edges.SetEquals(Pairs(points)));
        Assert.Equal(edges.Count, found.Edges.Count + (int)found.EdgeAccount.LostUnique);
    }

    [Fact]
    public void Growing_repeats_with_doubled_buffers_until_nothing_is_lost()
    {
        int runs = 0;

        TraceSnapshot found = TraceSession.RunGrowing(() =>
        {
            runs++;
            Pass.Points(Enumerable.Range(0, 1000));
        }, words: 64);

        Assert.Equal((5, 1024, 1000, 0L), (runs, found.Words, found.Pcs.Length, found.Lost));
    }

    [Fact]
    public void Many_edges_are_told_apart_exactly()
    {
        // Twice what the first table holds, doubled three times, and PCs whose lowest bits are equal.
        int[] points = [.. Enumerable.Range(0, 40_000).Select(i => i * 4096 % 163_840_001)];

        TraceSnapshot found = Pass.Traced(TraceModes.UniqEdge, () => Pass.Points(points.Concat(points)), words: 100_000);

        Assert.True(found.Edges.ToHashSet().SetEquals(Pairs([.. points, .. points])));
        Assert.Equal(0, found.Lost);
    }

    [Fact]
    public void The_highest_mark_outlives_resets()
    {
        using TraceSession session = TraceSession.Create(64);
        session.Enable(TraceModes.UniqPc);
        Pass.Points(1, 2, 3);
        session.Reset();
        Pass.Points(1);

        Assert.Equal(new TraceAccount(1, 1, 0, 0, 3), session.Collect().PcAccount);
        session.Disable();
        session.Enable(TraceModes.UniqPc);
        Assert.Equal(3, session.Collect().PcAccount.HighWater);
    }

    private static IEnumerable<TraceEdge> Pairs(int[] points) =>
        points.Select((point, i) => new TraceEdge(i == 0 ? 0 : (ulong)(Pass.FirstPoint + points[i - 1]), (ulong)(Pass.FirstPoint + point)));
}
