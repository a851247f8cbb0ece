using Edgewise.Runtime.Sessions;

namespace Edgewise.Tests.Runtime.Sessions;

/// <summary>What the kernel's kcov answers, case by case.</summary>
public sealed class ConformanceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(TraceSession.MostWords + 1)]
    public void A_size_out_of_bounds_is_invalid(int words) => Refused(TraceSessionError.Invalid, () => TraceSession.Create(words));

    [Fact]
    public void Exactly_the_documented_modes_are_taken()
    {
        int[] strict = [.. Enumerable.Range(-1, 130).Where(mode => IsTaken(mode, extended: false))];
        int[] extended = [.. Enumerable.Range(-1, 130).Where(mode => IsTaken(mode, extended: true))];

        Assert.Equal([0, 1, 2, 4, 6, 8], strict);
        Assert.Equal([0, 1, 2, 4, 6, 8, 10, 12, 14], extended);
    }

    [Fact]
    public void A_session_is_enabled_once()
    {
        using TraceSession session = TraceSession.Create(64);
        session.Enable(TraceModes.TracePc);

        Refused(TraceSessionError.Invalid, () => session.Enable(TraceModes.TracePc));
        Pass.OnThread(() => Refused(TraceSessionError.Invalid, () => session.Enable(TraceModes.TracePc)));
        Assert.True(session.IsEnabled);
    }

    [Fact]
    public void A_thread_has_one_session()
    {
        using TraceSession first = TraceSession.Create(64), second = TraceSession.Create(64);
        first.Enable(TraceModes.TracePc);

        Refused(TraceSessionError.Busy, () => second.Enable(TraceModes.TracePc));
        Pass.Points(1);
        Assert.Equal([1], Pass.Recorded(first.Collect()));

        first.Disable();
        second.Enable(TraceModes.TracePc);
        Assert.False(first.IsEnabled);
    }

    [Fact]
    public void Only_the_traced_thread_disables_and_only_once()
    {
        using TraceSession session = TraceSession.Create(64);
        Refused(TraceSessionError.Invalid, session.Disable);
        session.Enable(TraceModes.UniqPc);
        Pass.OnThread(() => Refused(TraceSessionError.Invalid, session.Disable));
        session.Disable();
        Refused(TraceSessionError.Invalid, session.Disable);
    }

    [Fact]
    public void A_closed_session_says_so()
    {
        TraceSession session = TraceSession.Create(64);
        session.Dispose();
        session.Dispose();

        Assert.Throws<ObjectDisposedException>(() => session.Enable(TraceModes.TracePc));
        Assert.Throws<ObjectDisposedException>(session.Disable);
        Assert.Throws<ObjectDisposedException>(session.Reset);
        Assert.Throws<ObjectDisposedException>(session.Collect);
    }

    [Fact]
    public void A_thread_that_ends_is_disabled_and_its_records_stay()
    {
        using TraceSession session = TraceSession.Create(64);
        Pass.OnThread(() =>
        {
            session.Enable(TraceModes.TracePc);
            Pass.Points(3, 4);
        });

        Assert.False(session.IsEnabled);
        Assert.Equal([3, 4], Pass.Recorded(session.Collect()));
        session.Enable(TraceModes.TracePc);
        Assert.Empty(Pass.Recorded(session.Collect()));
    }

    [Fact]
    public void Of_512_words_511_hold_PCs()
    {
        TraceSnapshot found = Pass.Traced(TraceModes.TracePc, () => Pass.Points(Enumerable.Range(0, 700)), words: 512);

        Assert.Equal(new TraceAccount(700, 511, 189, 0, 511), found.PcAccount);
        ulong[] buffer = found.ToBuffer();
        Assert.Equal((512, 511UL), (buffer.Length, buffer[0]));
        Assert.Equal(Enumerable.Range(0, 511).Select(point => (ulong)(Pass.FirstPoint + point)), buffer[1..]);
    }

    [Fact]
    public void Of_512_words_127_records_are_compares()
    {
        TraceSnapshot found = Pass.Traced(TraceModes.TraceCmp, () => Pass.Compares([.. Enumerable.Range(0, 130).Select(i => ((uint)i, 7u))]), words: 512);

        Assert.Equal(new TraceAccount(130, 127, 3, 0, 127), found.CompareAccount);
        ulong[] buffer = found.ToBuffer();
        Assert.Equal([127UL, 4, 0, 7, Pass.FirstPoint, 4, 1, 7, Pass.FirstPoint], buffer[..9]);
        Assert.Equal(new TraceCompare(4, 126, 7, Pass.FirstPoint), found.Compares[^1]);
    }

    [Fact]
    public void The_type_of_a_compare_tells_size_and_constant()
    {
        TraceSnapshot found = Pass.Traced(TraceModes.TraceCmp, static () =>
        {
            nint thread = TraceSessionCallbacks.EnterMethod();
            TraceSessionCallbacks.TraceCmp1(thread, 1, 0xFF, 1);
            TraceSessionCallbacks.TraceConstCmp2(thread, 1, 0xFFFF, 1);
            TraceSessionCallbacks.TraceConstCmp4(thread, 1, uint.MaxValue, 1);
            TraceSessionCallbacks.TraceCmp8(thread, 1, ulong.MaxValue, 1);
            unsafe
            {
                ulong* cases = stackalloc ulong[] { 2, 32, 10, 20 };
                TraceSessionCallbacks.TraceSwitch(thread, 15, cases, 1);
            }
        });

        Assert.Equal([0UL, 3, 5, 6, 5, 5], found.Compares.Select(compare => compare.Type));
        Assert.Equal([(1, false), (2, true), (4, true), (8, false), (4, true), (4, true)], found.Compares.Select(compare => (compare.Size, compare.IsConstant)));
        Assert.Equal([(10UL, 15UL), (20, 15)], found.Compares.Skip(4).Select(compare => (compare.Left, compare.Right)));
    }

    [Fact]
    public void Edges_lie_behind_points()
    {
        TraceSnapshot found = Pass.Traced(TraceModes.UniqPc | TraceModes.UniqEdge, () => Pass.Points(1, 2, 1, 2, 2), words: 16);

        ulong[] buffer = found.ToBuffer();
        Assert.Equal(32, buffer.Length);
        Assert.Equal((2UL, 4UL), (buffer[0], buffer[16]));
        const ulong One = Pass.FirstPoint + 1, Two = Pass.FirstPoint + 2;
        Assert.Equal([new(0, One), new(One, Two), new(Two, One), new(Two, Two)], found.Edges);
        Assert.Equal(((One + 1) << 32) | (Two + 1), buffer[18]);
    }

    [Fact]
    public void Alone_edges_leave_the_area_of_points_empty()
    {
        TraceSnapshot found = Pass.Traced(TraceModes.UniqEdge, () => Pass.Points(1, 2, 1, 2), words: 16);

        Assert.True(found.Pcs.IsEmpty);
        Assert.Equal((0UL, 3UL), (found.ToBuffer()[0], found.ToBuffer()[16]));
        Assert.Equal(default, found.PcAccount);
    }

    [Fact]
    public void Extended_sessions_have_an_area_for_each_family()
    {
        TraceSnapshot found = Pass.Traced((TraceModes)14, static () =>
        {
            Pass.Points(5, 5);
            Pass.Compares((1, 2), (1, 2));
        }, words: 16, extended: true);

        ulong[] buffer = found.ToBuffer();
        Assert.Equal(48, buffer.Length);
        Assert.Equal((1UL, 2UL, 1UL), (buffer[0], buffer[16], buffer[32]));
        Assert.Equal((2L, 2L, 2L), (found.PcAccount.Events, found.EdgeAccount.Events, found.CompareAccount.Events));
    }

    private static bool IsTaken(int mode, bool extended)
    {
        using TraceSession session = TraceSession.Create(64, new TraceSessionOptions { Extended = extended });
        try
        {
            session.Enable((TraceModes)mode);
            return true;
        }
        catch (TraceSessionException refusal)
        {
            Assert.Equal(TraceSessionError.Invalid, refusal.Error);
            Assert.False(session.IsEnabled);
            return false;
        }
    }

    private static void Refused(TraceSessionError error, Action action) => Assert.Equal(error, Assert.Throws<TraceSessionException>(action).Error);
}
