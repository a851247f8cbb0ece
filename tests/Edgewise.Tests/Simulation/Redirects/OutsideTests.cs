namespace Edgewise.Tests.Simulation.Redirects;

/// <summary>Outside of worlds redirected code does what it did before: real threads, real time, real waits.</summary>
public sealed class OutsideTests
{
    private static readonly (string Name, string Body, string Expected)[] Calls =
    [
        ("Run", """
            bool pool = await Task.Run(() => Thread.CurrentThread.IsThreadPoolThread); int n = await Task.Run(async () => { await Task.Yield();
            return 2; }); await Task.Run(() => { }); return pool + "" + n;
            """,
            "True2"),
        ("StartNew", """
            return await Task.Factory.StartNew(() => !Thread.CurrentThread.IsThreadPoolThread, default, TaskCreationOptions.LongRunning, TaskScheduler.Default) + "" + (TaskScheduler.Current == TaskScheduler.Default);
            """,
            "TrueTrue"),
        ("Blocking", """
            var t = Task.Run(async () => { await Task.Delay(20); return 3; }); t.Wait(); Task.WaitAll(t); int i = Task.WaitAny(t);
            var e = new ManualResetEventSlim(); var h = new ManualResetEvent(false); var d = new CountdownEvent(1); var s = new SemaphoreSlim(0);
            new Thread(() => { Thread.Sleep(20); e.Set(); h.Set(); d.Signal(); s.Release(); }).Start(); e.Wait(); h.WaitOne(); d.Wait(); s.Wait();
            return t.Result + t.GetAwaiter().GetResult() + i + "" + SpinWait.SpinUntil(() => true, 9);
            """,
            "6True"),
        ("Time", """
            var w = Stopwatch.StartNew(); long g = Stopwatch.GetTimestamp(); var p = TimeProvider.System.GetTimestamp(); await Task.Delay(30);
            Thread.Sleep(30); w.Stop(); bool b = w.IsRunning;
            return (w.ElapsedMilliseconds >= 59) + "" + (Stopwatch.GetElapsedTime(g).TotalMilliseconds >= 59) + (TimeProvider.System.GetElapsedTime(p).TotalMilliseconds >= 59) + b + (w.ElapsedTicks > 0) + (w.Elapsed > TimeSpan.Zero);
            """,
            "TrueTrueTrueFalseTrueTrue"),
        ("Clocks", """
            var u = DateTime.UtcNow; var o = DateTimeOffset.UtcNow;
            bool near = (o.UtcDateTime - u).Duration() < TimeSpan.FromMinutes(1) && (TimeProvider.System.GetUtcNow() - o).Duration() < TimeSpan.FromMinutes(1) && (DateTime.Now.ToUniversalTime() - u).Duration() < TimeSpan.FromMinutes(1) && (DateTimeOffset.Now - o).Duration() < TimeSpan.FromMinutes(1);
            return near + "" + (u.Year > 2024) + (DateTime.Today == DateTime.Now.Date) + (Environment.TickCount64 > 0) + TimeZoneInfo.Local.Equals(TimeProvider.System.LocalTimeZone) + (u.ToLocalTime().Kind);
            """,
            "TrueTrueTrueTrueTrueLocal"),
        ("Timers", """
            var done = new TaskCompletionSource(); Timer t = null; t = new Timer(x => { if (x == t) done.TrySetResult(); }); t.Change(5, -1);
            await done.Task; t.Dispose(); int n = 0;
            using (var p = new PeriodicTimer(TimeSpan.FromMilliseconds(2))) while (n < 3 && await p.WaitForNextTickAsync()) n++;
            var c = new CancellationTokenSource(5); c.Token.WaitHandle.WaitOne(); var d = new CancellationTokenSource(); d.CancelAfter(5);
            try { await Task.Delay(-1, d.Token); } catch (OperationCanceledException) { n++;
            } return n + "" + c.IsCancellationRequested + c.TryReset() + new CancellationTokenSource(9999).TryReset();
            """,
            "4TrueFalseTrue"),
        ("Chance", """
            var a = new Random().Next(3, 5); var b = Random.Shared.NextDouble(); var g = RandomNumberGenerator.GetBytes(16);
            using var r = RandomNumberGenerator.Create(); r.GetBytes(g);
            return (a is 3 or 4) + "" + (b < 1) + (Guid.NewGuid() != Guid.NewGuid()) + Guid.CreateVersion7().Version + g.Any(x => x != 0) + RandomNumberGenerator.GetHexString(4, false).Length + Path.GetRandomFileName().Length;
            """,
            "TrueTrueTrue7True412"),
        ("Semaphore", """
            var s = new SemaphoreSlim(1); await s.WaitAsync(); bool no = await s.WaitAsync(5);
            var w = s.WaitAsync(TimeSpan.FromSeconds(9), new CancellationTokenSource().Token); int before = s.Release();
            return no + "" + await w + before + s.CurrentCount;
            """,
            "FalseTrue00"),
        ("Combinators", """
            async Task<int> Of(int v, int ms) { await Task.Delay(ms).ConfigureAwait(false); return v;
            } int[] all = await Task.WhenAll(Of(1, 9), Of(2, 3)); int any = await await Task.WhenAny(Of(3, 4000), Of(4, 1)); string s = "";
            await foreach (var t in Task.WhenEach(Of(5, 200), Of(6, 1))) s += await t;
            try { await Of(7, 4000).WaitAsync(TimeSpan.FromMilliseconds(5)); } catch (TimeoutException) { s += 't';
            } return string.Concat(all) + any + s + await Of(8, 1).ContinueWith(t => Of(t.Result, 1)).Unwrap();
            """,
            "12465t8"),
        ("Channel", """
            var c = Channel.CreateUnbounded<int>(); var t = c.Reader.ReadAsync().AsTask(); var w = Task.Run(async () => { await Task.Delay(5);
            await c.Writer.WriteAsync(1); await c.Writer.WriteAsync(2); c.Writer.Complete(); }); int sum = await t;
            await foreach (int i in c.Reader.ReadAllAsync()) sum += i; return sum.ToString();
            """,
            "3"),
        ("Parallel", """
            long sum = 0; Parallel.For(0, 1000, i => Interlocked.Add(ref sum, i));
            Parallel.ForEach(Enumerable.Range(0, 1000), i => Interlocked.Add(ref sum, i)); Parallel.Invoke(() => Interlocked.Increment(ref sum));
            await Parallel.ForEachAsync(Enumerable.Range(0, 10), async (i, t) => { await Task.Yield(); Interlocked.Add(ref sum, i); });
            await Parallel.ForAsync(0, 10, async (i, t) => { await Task.Yield(); Interlocked.Add(ref sum, i); }); return sum.ToString();
            """,
            "999091"),
        ("Pool", """
            var done = new TaskCompletionSource<bool>(); ThreadPool.QueueUserWorkItem(_ => done.SetResult(Thread.CurrentThread.IsThreadPoolThread));
            var own = new TaskCompletionSource(); ThreadPool.UnsafeQueueUserWorkItem(x => ((TaskCompletionSource)x).SetResult(), own); await own.Task;
            return (await done.Task).ToString();
            """,
            "True"),
        ("Machine", """
            return (Environment.ProcessorCount == new ParallelOptions().MaxDegreeOfParallelism) + "" + (Environment.ProcessId == Process.GetCurrentProcess().Id) + (Environment.CurrentManagedThreadId == Thread.CurrentThread.ManagedThreadId) + (Environment.MachineName.Length > 0);
            """,
            "FalseTrueTrueTrue"),
        ("Files", "return File.Exists(\"/none\") + \"\" + Directory.Exists(Path.GetTempPath());", "FalseTrue"),
    ];

    private static readonly Lazy<SimulatedLibrary> Library = new(() =>
        new SimulatedLibrary(string.Concat(Calls.Select(call => new CallCase(call.Name, call.Body, call.Expected).Method))));

    public static TheoryData<string> Names { get; } = [.. Calls.Select(call => call.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_redirected_call_outside_of_a_world_does_what_the_original_does(string name)
    {
        Assert.Equal(Calls.Single(call => call.Name == name).Expected, await Library.Value.RunOutside(name));
    }

    [Fact]
    public void The_cases_reach_targets_of_every_kind()
    {
        Assert.True(Library.Value.Sites.Redirected.Count > 60);
        Assert.NotEmpty(Library.Value.Sites.Announced);
    }
}
