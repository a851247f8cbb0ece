using System.Runtime.CompilerServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Tests.Runtime.Sessions;

/// <summary>Sessions and threads: whose events are whose, and what happens while methods run.</summary>
public sealed class ThreadTests
{
    [Fact]
    public void Methods_that_run_see_a_session_come_and_go()
    {
        using TraceSession session = TraceSession.Create(64);
        nint thread = TraceSessionCallbacks.EnterMethod();

        TraceSessionCallbacks.TracePc(thread, Pass.FirstPoint + 1);
        session.Enable(TraceModes.TracePc);
        TraceSessionCallbacks.TracePc(thread, Pass.FirstPoint + 2);
        session.Disable();
        TraceSessionCallbacks.TracePc(thread, Pass.FirstPoint + 3);
        Assert.Equal([2], Pass.Recorded(session.Collect()));

        session.Enable(TraceModes.UniqPc);
        TraceSessionCallbacks.TracePc(thread, Pass.FirstPoint + 4);
        session.Dispose();
        TraceSessionCallbacks.TracePc(thread, Pass.FirstPoint + 5);
    }

    [Fact]
    public void Other_threads_are_not_traced()
    {
        TraceSnapshot found = Pass.Traced(TraceModes.TracePc, static () =>
        {
            Pass.Points(1);
            Pass.OnThread(() => Pass.Points(2));
            Pass.Points(3);
        });

        Assert.Equal([1, 3], Pass.Recorded(found));
    }

    [Fact]
    public void A_finaliser_does_not_trace_itself()
    {
        TraceSnapshot found = Pass.Traced(TraceModes.TracePc, static () =>
        {
            Pass.Points(1);
            Finalized.Make();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Pass.Points(2);
        });

        Assert.True(Finalized.Ran);
        Assert.Equal([1, 2], Pass.Recorded(found));
    }

    [Fact]
    public void What_the_sessions_own_code_passes_is_counted_apart()
    {
        TraceSnapshot found = Pass.Traced(TraceModes.UniqPc, static () =>
        {
            Pass.Points(1);
            TracedThread.Muted(static () =>
            {
                Pass.Points(2, 2);
                return 0;
            });
            Pass.Points(3);
        });

        Assert.Equal([1, 3], Pass.Recorded(found));
        Assert.Equal((2L, 2L), (found.PcAccount.Events, found.Reentrant));
    }

    [Fact]
    public void Nothing_is_stored_beyond_an_area()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pages are protected by mprotect here");
        var memory = new GuardedMemory();
        foreach (TraceModes modes in (TraceModes[])[TraceModes.TracePc, TraceModes.TraceCmp, TraceModes.UniqPc | TraceModes.UniqEdge, TraceModes.UniqCmp])
        {
            using TraceSession session = new(2 + ((int)modes * 3), false, memory);
            session.Enable(modes);
            Pass.Points(Enumerable.Range(0, 100));
            Pass.Compares([.. Enumerable.Range(0, 100).Select(i => ((uint)i, 0u))]);
            Assert.True(session.Collect().Lost > 0);
        }

        Assert.Equal((5, 0), memory.Count);
    }

    [Theory]
    [InlineData(TraceModes.TracePc)]
    [InlineData(TraceModes.UniqPc)]
    [InlineData(TraceModes.UniqPc | TraceModes.UniqEdge)]
    public void Nothing_is_stored_into_a_session_that_another_thread_closes(TraceModes modes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pages are protected by mprotect here");
        var memory = new GuardedMemory();
        bool stop = false;
        TraceSession? current = null;
        var runner = new Thread(() =>
        {
            nint thread = TraceSessionCallbacks.EnterMethod();
            for (int point = 0; !Volatile.Read(ref stop); point = (point + 1) % 10_000)
            {
                TraceSessionCallbacks.TracePc(thread, Pass.FirstPoint + point);
                if (Volatile.Read(ref current) is null && point % 100 == 0)
                {
                    TraceSession session = new(100_000, false, memory);
                    session.Enable(modes);
                    Volatile.Write(ref current, session);
                }
            }
        });
        runner.Start();
        for (int closed = 0; closed < 300;)
        {
            if (Volatile.Read(ref current) is { } session)
            {
                session.Dispose();
                Volatile.Write(ref current, null);
                closed++;
            }
        }

        Volatile.Write(ref stop, true);
        runner.Join();
        current?.Dispose();
        Assert.Equal(0, memory.Count.Now);
    }

    [Fact]
    public void Resets_by_another_thread_leave_exact_sets()
    {
        using TraceSession session = TraceSession.Create(100_000);
        using var ready = new Barrier(2);
        bool stop = false;
        var runner = new Thread(() =>
        {
            session.Enable(TraceModes.UniqPc | TraceModes.UniqEdge);
            ready.SignalAndWait();
            while (!Volatile.Read(ref stop))
            {
                Pass.Points(0, 1, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            }

            ready.SignalAndWait();
            ready.SignalAndWait();
            Pass.Points(0, 1, 2, 1, 2, 3);
            ready.SignalAndWait();
            session.Disable();
        });
        runner.Start();
        ready.SignalAndWait(TestContext.Current.CancellationToken);
        for (int i = 0; i < 2000; i++)
        {
            session.Reset();
            TraceSnapshot found = session.Collect();
            int[] points = Pass.Recorded(found);
            Assert.Equal(points.Distinct(), points);
            Assert.All(points, point => Assert.InRange(point, 0, 9));
            Assert.Equal(found.Edges.Distinct().Count(), found.Edges.Count);
            Assert.InRange(found.PcAccount.Events, points.Length, long.MaxValue);
        }

        Volatile.Write(ref stop, true);
        ready.SignalAndWait(TestContext.Current.CancellationToken);
        session.Reset();
        ready.SignalAndWait(TestContext.Current.CancellationToken);
        ready.SignalAndWait(TestContext.Current.CancellationToken);
        runner.Join();
        TraceSnapshot last = session.Collect();
        Assert.Equal([0, 1, 2, 3], Pass.Recorded(last));
        Assert.Equal((5, 6L), (last.Edges.Count, last.EdgeAccount.Events));
    }

    [Fact]
    public void Ten_thousand_sessions_leave_nothing()
    {
        var memory = new CountedMemory();
        int descriptors = Descriptors();
        for (int i = 0; i < 10_000; i++)
        {
            using TraceSession session = new(64, false, memory);
            session.Enable(i % 2 == 0 ? TraceModes.UniqPc | TraceModes.UniqEdge : TraceModes.TracePc);
            Pass.Points(i % 7, i % 5);
            if (i % 3 != 0)
            {
                session.Disable();
            }
        }

        Assert.Equal((15_000, 0), (memory.Ever, memory.Now));
        Assert.InRange(Descriptors() - descriptors, int.MinValue, 3);
        Assert.Null(TracedThread.Current.Session);
    }

    [Fact]
    public void A_forgotten_session_gives_its_memory_back()
    {
        var memory = new CountedMemory();
        Forget(memory);
        for (int i = 0; i < 10 && memory.Now > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal((1, 0), (memory.Ever, memory.Now));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(AreaMemory memory)
    {
        TraceSession session = new(64, false, memory);
        session.Enable(TraceModes.TracePc);
        session.Disable();
    }

    // Other tests open files meanwhile, a few at a time; ten thousand would show.
    private static int Descriptors() => OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length / 100 : 0;

    private sealed class CountedMemory : AreaMemory
    {
        private int _now;

        public int Ever { get; private set; }

        public int Now => Volatile.Read(ref _now);

        public override nint Allocate(int words)
        {
            Ever++;
            Interlocked.Increment(ref _now);
            return base.Allocate(words);
        }

        public override void Free(nint start)
        {
            Interlocked.Decrement(ref _now);
            base.Free(start);
        }
    }

    private sealed class Finalized
    {
        public static volatile bool Ran;

        ~Finalized()
        {
            Pass.Points(77);
            Ran = true;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Make() => _ = new Finalized();
    }
}
