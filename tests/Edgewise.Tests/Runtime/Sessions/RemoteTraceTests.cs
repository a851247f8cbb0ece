using Edgewise.Runtime.Sessions;

namespace Edgewise.Tests.Runtime.Sessions;

/// <summary>Sessions that follow a flow of execution.</summary>
public sealed class RemoteTraceTests
{
    [Fact]
    public async Task A_flow_is_traced_on_whatever_thread_it_goes_on()
    {
        using TraceSession session = TraceSession.Create(1024);
        using (session.EnableRemote(TraceModes.TracePc))
        {
            Pass.Points(1);
            await Task.Run(() => Pass.Points(2), TestContext.Current.CancellationToken);
            await Task.Yield();
            Pass.Points(3);
            await Task.Delay(1, TestContext.Current.CancellationToken);
            Pass.Points(4);
            await NewThread(() => Pass.Points(5));
        }

        Pass.Points(6);
        await Task.Run(() => Pass.Points(7), TestContext.Current.CancellationToken);
        TraceSnapshot found = session.Collect();
        Assert.Equal([1, 2, 3, 4, 5], Pass.Recorded(found).Order());
        Assert.Equal(5, found.PcAccount.Events);
    }

    [Fact]
    public async Task What_several_threads_pass_is_unique_over_all_of_them()
    {
        using TraceSession session = TraceSession.Create(1024);
        using (session.EnableRemote(TraceModes.UniqPc))
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Pass.Points(0, 1, i))));
        }

        TraceSnapshot found = session.Collect();
        Assert.Equal(Enumerable.Range(0, 20), Pass.Recorded(found).Order());
        Assert.Equal((60L, 0L), (found.PcAccount.Events, found.Lost));
    }

    [Fact]
    public async Task Flows_do_not_see_each_other()
    {
        int[][] found = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            using TraceSession session = TraceSession.Create(4096);
            using (session.EnableRemote(TraceModes.TracePc))
            {
                for (int step = 0; step < 20; step++)
                {
                    Pass.Points(i);
                    await Task.Yield();
                }
            }

            return Pass.Recorded(session.Collect());
        })));

        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(Enumerable.Repeat(i, 20), found[i]);
        }
    }

    [Fact]
    public async Task What_comes_after_the_end_is_dropped_and_what_finds_no_room_is_counted()
    {
        using TraceSession session = TraceSession.Create(4);
        using var go = new SemaphoreSlim(0);
        Task late;
        RemoteTrace remote = session.EnableRemote(TraceModes.TracePc);
        late = Task.Run(async () =>
        {
            await go.WaitAsync(TestContext.Current.CancellationToken);
            Pass.Points(9);
        }, TestContext.Current.CancellationToken);
        Pass.Points(1, 2, 3, 4, 5);
        remote.Dispose();
        go.Release();
        await late;

        TraceSnapshot found = session.Collect();
        Assert.Equal([1, 2, 3], Pass.Recorded(found));
        Assert.Equal((5L, 2L), (found.PcAccount.Events, found.Lost));
    }

    [Fact]
    public async Task A_thread_with_a_session_of_its_own_is_left_to_that()
    {
        using TraceSession flow = TraceSession.Create(64), own = TraceSession.Create(64);
        RemoteTrace remote = flow.EnableRemote(TraceModes.TracePc);
        await NewThread(() =>
        {
            using (ExecutionContext.SuppressFlow())
            {
            }

            Pass.Points(1);
            remote.Run(() => Pass.Points(2));
        });
        Pass.OnThread(() => Assert.Equal(TraceSessionError.Busy, Assert.Throws<TraceSessionException>(() => own.Enable(TraceModes.TracePc)).Error));
        remote.Dispose();

        Assert.Equal([1, 2], Pass.Recorded(flow.Collect()));
    }

    [Fact]
    public void A_flow_is_the_only_one_of_its_session()
    {
        using TraceSession session = TraceSession.Create(64);
        using RemoteTrace remote = session.EnableRemote(TraceModes.UniqPc);

        Assert.True(remote.Handle > 0);
        Assert.Equal(TraceSessionError.Invalid, Assert.Throws<TraceSessionException>(() => session.Enable(TraceModes.UniqPc)).Error);
        Assert.Equal(TraceSessionError.Invalid, Assert.Throws<TraceSessionException>(() => session.EnableRemote(TraceModes.UniqPc)).Error);
    }

    [Fact]
    public void While_a_flow_is_open_what_its_thread_passed_can_be_collected_and_reset()
    {
        using TraceSession session = TraceSession.Create(64);
        using RemoteTrace remote = session.EnableRemote(TraceModes.UniqPc);
        Pass.Points(1, 1);
        Assert.Equal([1], Pass.Recorded(session.Collect()));
        session.Reset();
        Pass.Points(1, 2);
        Assert.Equal([1, 2], Pass.Recorded(session.Collect()));
    }

    private static Task NewThread(Action action)
    {
        var done = new TaskCompletionSource();
        new Thread(() =>
        {
            action();
            done.SetResult();
        }).Start();
        return done.Task;
    }
}
