namespace Edgewise.Tests.Simulation.Redirects;

/// <summary>Tasks, continuations, combinators, waits.</summary>
internal static class TaskCases
{
    // A task that tells of its end asynchronously, ended by a timer of the world after so many milliseconds.
    public const string Support = """
        static Task<int> Later(int ms, int value = 7)
        {
            var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            new Timer(_ => source.TrySetResult(value), null, ms, -1);
            return source.Task;
        }
        static Task Later(int ms, Exception error)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            new Timer(_ => { if (error is OperationCanceledException) source.TrySetCanceled(); else source.TrySetException(error); }, null, ms, -1);
            return source.Task;
        }
        static string At(World world) => " at " + world.Elapsed.TotalMilliseconds;
        static int Thread0 => Environment.CurrentManagedThreadId;
        static async IAsyncEnumerable<int> Numbers(int count) { for (int i = 0; i < count; i++) { await Task.Delay(1); yield return i; } }
        sealed class Disposed : IAsyncDisposable { public async ValueTask DisposeAsync() => await Task.Delay(5).ConfigureAwait(false); }
        sealed class Item : IThreadPoolWorkItem { public TaskCompletionSource Done = new(); public void Execute() => Done.SetResult(); }

        """;

    private const string Here = "SynchronizationContext.Current == world.Context";

    private static readonly string[] Overloads = ["", "CT", "TS", "TO", "CT, TO, TS"];

    public static IReadOnlyList<CallCase> All { get; } =
    [
        new("Run", $$"""
            string s = ""; await Task.Run(() => { s += ({{Here}}); }); await Task.Run(() => { s += 1; }, default); s += await Task.Run(() => 2);
            s += await Task.Run(() => 3, default); await Task.Run(async () => { await Later(5); s += 4; });
            await Task.Run(async () => { await Later(5); s += 5; }, default); s += await Task.Run(async () => { await Later(5); return 6; });
            s += await Task.Run(async () => { await Later(5); return 7; }, default); return s + At(world);
            """,
            "True1234567 at 20"),
        new("RunFails", """
            try { await Task.Run(async () => { await Later(5); throw new ArithmeticException("x"); }); return "";
            } catch (ArithmeticException e) { return e.Message + At(world); }
            """,
            "x at 5"),
        new("Start", """
            var t = new Task(() => { }); t.Start(); await t; t = new Task(() => { }); t.Start(TaskScheduler.Default); await t;
            t = new Task(() => { }); t.RunSynchronously(); t = new Task(() => { }); t.RunSynchronously(TaskScheduler.Default);
            return t.Status.ToString();
            """,
            "RanToCompletion"),
        new("StartNew", "string s = \"\"; var CT = default(CancellationToken); var TO = TaskCreationOptions.LongRunning; var TS = TaskScheduler.Default; var F = Task.Factory;"
            + string.Concat(((string[])["", "CT", "TO", "CT, TO, TS"]).Select(o => o.Length == 0 ? o : ", " + o).SelectMany(o => (string[])[
                $"await F.StartNew(() => {{ s += 'a'; }}{o});", $"await F.StartNew(x => {{ s += x; }}, (object)'b'{o});", $"s += await F.StartNew(() => 'c'{o});", $"s += await F.StartNew(x => x, (object)'d'{o});"]))
            + "return s;", "abcdabcdabcdabcd"),
        new("StartNewOfFactory", "string s = \"\"; var CT = default(CancellationToken); var TO = TaskCreationOptions.None; var TS = TaskScheduler.Default; var F = new TaskFactory<char>();"
            + string.Concat(((string[])["", "CT", "TO", "CT, TO, TS"]).Select(o => o.Length == 0 ? o : ", " + o).SelectMany(o => (string[])[
                $"s += await F.StartNew(() => 'c'{o});", $"s += await F.StartNew(x => (char)x, (object)'d'{o});"]))
            + "return s;", "cdcdcdcd"),
        new("ContinueWith", "string s = \"\"; var CT = default(CancellationToken); var TO = TaskContinuationOptions.None; var TS = TaskScheduler.Default; Task F() => Later(1);"
            + string.Concat(Overloads.Select(o => o.Length == 0 ? o : ", " + o).SelectMany(o => (string[])[
                $"await F().ContinueWith(t => {{ s += 'a'; }}{o});", $"await F().ContinueWith((t, x) => {{ s += x; }}, (object)'b'{o});",
                $"s += await F().ContinueWith(t => 'c'{o});", $"s += await F().ContinueWith((t, x) => x, (object)'d'{o});"]))
            + "return s + At(world);", "abcdabcdabcdabcdabcd at 20"),
        new("ContinueWithResult", "string s = \"\"; var CT = default(CancellationToken); var TO = TaskContinuationOptions.None; var TS = TaskScheduler.Default; Task<int> F() => Later(1);"
            + string.Concat(Overloads.Select(o => o.Length == 0 ? o : ", " + o).SelectMany(o => (string[])[
                $"await F().ContinueWith(t => {{ s += t.Result; }}{o});", $"await F().ContinueWith((t, x) => {{ s += x; }}, (object)'b'{o});",
                $"s += await F().ContinueWith(t => 'c'{o});", $"s += await F().ContinueWith((t, x) => x, (object)'d'{o});"]))
            + "return s + At(world);", "7bcd7bcd7bcd7bcd7bcd at 20"),
        new("Unwrap", """
            Task<Task> a = Later(5).ContinueWith(_ => (Task)Later(5)); await a.Unwrap(); Task<Task<int>> b = Later(5).ContinueWith(_ => Later(5, 9));
            return await b.Unwrap() + At(world);
            """,
            "9 at 20"),
        new("UnwrapFails", """
            Task<Task<int>> b = Later(5).ContinueWith<Task<int>>(_ => throw new ArithmeticException("x")); try { await b.Unwrap();
            } catch (ArithmeticException e) { return e.Message; } return "";
            """,
            "x"),
        new("ConfigureAwait", $$"""
            string s = ""; await Later(1).ConfigureAwait(false); s += ({{Here}}); await ((Task)Later(1)).ConfigureAwait(false); s += ({{Here}});
            await Later(1).ConfigureAwait(ConfigureAwaitOptions.None); s += ({{Here}});
            await ((Task)Later(1)).ConfigureAwait(ConfigureAwaitOptions.ForceYielding); s += ({{Here}});
            await new ValueTask(Later(1)).ConfigureAwait(false); s += ({{Here}}); await new ValueTask<int>(Later(1)).ConfigureAwait(false);
            s += ({{Here}}); await foreach (int i in Numbers(1).ConfigureAwait(false)) s += ({{Here}});
            await foreach (int i in Numbers(1).WithCancellation(default).ConfigureAwait(false)) s += ({{Here}});
            await using ((new Disposed()).ConfigureAwait(false)) { } s += ({{Here}}); return s.Replace("True", "+") + At(world);
            """,
            "+++++++++ at 13"),
        new("WhenAll", """
            await Task.WhenAll(new Task[] { Later(3), Later(5) }); await Task.WhenAll(new List<Task> { Later(3) });
            await Task.WhenAll((ReadOnlySpan<Task>)new Task[] { Later(1) }); int[] a = await Task.WhenAll(new[] { Later(3, 1), Later(5, 2) });
            int[] b = await Task.WhenAll(new List<Task<int>> { Later(3, 3) });
            int[] c = await Task.WhenAll((ReadOnlySpan<Task<int>>)new[] { Later(1, 4) }); return string.Concat(a.Concat(b).Concat(c)) + At(world);
            """,
            "1234 at 18"),
        new("WhenAllFails", """
            Task all = Task.WhenAll(Later(3, new ArithmeticException("x")), Later(2, new OperationCanceledException()), Later(4, new FormatException("y")));
            try { await all;
            } catch (ArithmeticException) { } return string.Join(",", all.Exception.InnerExceptions.Select(e => e.Message)) + At(world);
            """,
            "x,y at 4"),
        new("WhenAny", """
            Task<int> f = Later(1), g = Later(9); string s = ""; s += await Task.WhenAny(new Task[] { g, f }) == f;
            s += await Task.WhenAny(new List<Task>([Later(9), f = Later(2)])) == f; s += await Task.WhenAny((Task)Later(9), f = Later(2)) == f;
            s += await Task.WhenAny((ReadOnlySpan<Task>)new Task[] { Later(9), f = Later(2) }) == f;
            s += await Task.WhenAny(new[] { Later(9), f = Later(2) }) == f;
            s += await Task.WhenAny(new List<Task<int>>([Later(9), f = Later(2)])) == f; s += await Task.WhenAny(Later(9), f = Later(2)) == f;
            s += await Task.WhenAny((ReadOnlySpan<Task<int>>)new[] { Later(9), f = Later(2) }) == f; return s.Replace("True", "+") + At(world);
            """,
            "++++++++ at 15"),
        new("WhenEach", """
            string s = ""; await foreach (Task t in Task.WhenEach(new Task[] { Later(5), Later(2) })) s += At(world);
            await foreach (Task t in Task.WhenEach(new List<Task> { Later(1) })) s += At(world);
            await foreach (Task t in Task.WhenEach((ReadOnlySpan<Task>)new Task[] { Later(1) })) s += At(world);
            await foreach (Task<int> t in Task.WhenEach(new[] { Later(5, 1), Later(2, 2) })) s += await t;
            await foreach (Task<int> t in Task.WhenEach(new List<Task<int>> { Later(1, 3) })) s += await t;
            await foreach (Task<int> t in Task.WhenEach((ReadOnlySpan<Task<int>>)new[] { Later(1, 4) })) s += await t; return s;
            """,
            " at 2 at 5 at 6 at 72134"),
        new("WaitAsync", """
            var s = TimeSpan.FromSeconds(1); var p = TimeProvider.System; await ((Task)Later(1)).WaitAsync(new CancellationTokenSource().Token);
            await ((Task)Later(1)).WaitAsync(s); await ((Task)Later(1)).WaitAsync(s, new CancellationTokenSource().Token);
            await ((Task)Later(1)).WaitAsync(s, p); await ((Task)Later(1)).WaitAsync(s, p, new CancellationTokenSource().Token);
            return (await Later(1).WaitAsync(new CancellationTokenSource().Token) + await Later(1).WaitAsync(s) + await Later(1).WaitAsync(s, new CancellationTokenSource().Token) + await Later(1).WaitAsync(s, p) + await Later(1).WaitAsync(s, p, new CancellationTokenSource().Token)) + At(world);
            """,
            "35 at 10"),
        new("WaitAsyncEnds", """
            try { await Later(1000).WaitAsync(TimeSpan.FromMilliseconds(30)); return ""; } catch (TimeoutException) { return At(world); }
            """,
            " at 30"),
        new("AsTask", """
            var c = Channel.CreateUnbounded<int>(); new Timer(_ => c.Writer.TryWrite(1), null, 5, 5);
            Task first = await Task.WhenAny(c.Reader.ReadAsync().AsTask(), Task.Delay(100)); bool b = await c.Reader.WaitToReadAsync().Preserve();
            c.Reader.TryRead(out _); await new ValueTask(Later(5)).AsTask(); await new ValueTask(Later(5)).Preserve();
            return (first is Task<int>) + "" + b + At(world);
            """,
            "TrueTrue at 20"),
        new("ReadAll", """
            var c = Channel.CreateBounded<int>(1); var w = Task.Run(async () => { for (int i = 0; i < 3; i++) { await c.Writer.WriteAsync(i);
            await Task.Delay(2); } c.Writer.Complete(); }); string s = ""; await foreach (int i in c.Reader.ReadAllAsync()) s += i + At(world);
            await c.Reader.Completion; return s;
            """,
            "0 at 01 at 22 at 4"),
        new("Scheduler", """
            var s = TaskScheduler.Default; string r = (s == TaskScheduler.Current) + ""; var f = new TaskFactory(s);
            await f.StartNew(() => r += (SynchronizationContext.Current == world.Context)); return r;
            """,
            "TrueTrue"),
        new("NoContext", $$"""
            var old = SynchronizationContext.Current; SynchronizationContext.SetSynchronizationContext(null); await Later(3);
            return ({{Here}}) + At(world);
            """,
            "True at 3"),
        new("ThreadPoolWork", """
            var done = new List<TaskCompletionSource>(); TaskCompletionSource N() { var t = new TaskCompletionSource(); done.Add(t); return t;
            } var local = new AsyncLocal<int> { Value = 3 }; string s = "";ThreadPool.QueueUserWorkItem(x => done[0].SetResult()); N();
            ThreadPool.QueueUserWorkItem(x => { s += local.Value; ((TaskCompletionSource)x).SetResult(); }, N());
            ThreadPool.QueueUserWorkItem<TaskCompletionSource>(x => x.SetResult(), N(), false);ThreadPool.UnsafeQueueUserWorkItem(x => ((TaskCompletionSource)x).SetResult(), N());
            ThreadPool.UnsafeQueueUserWorkItem<TaskCompletionSource>(x => x.SetResult(), N(), true); var item = new Item();
            ThreadPool.UnsafeQueueUserWorkItem(item, true); foreach (var t in done) await t.Task; await item.Done.Task; return s;
            """,
            "3"),
        new("Waits", """
            Task t = Task.CompletedTask; var a = new[] { t }; var z = TimeSpan.Zero; var n = default(CancellationToken); t.Wait(); t.Wait(n);
            t.Wait(1); t.Wait(z); t.Wait(1, n); t.Wait(z, n); Task.WaitAll(a); Task.WaitAll((ReadOnlySpan<Task>)a); Task.WaitAll(a, n);
            Task.WaitAll(new List<Task>(a), n); Task.WaitAll(a, 1); Task.WaitAll(a, z); Task.WaitAll(a, 1, n); Task.WaitAny(a); Task.WaitAny(a, n);
            Task.WaitAny(a, 1); Task.WaitAny(a, z); Task.WaitAny(a, 1, n);
            return Later(5).Wait(0) + "" + Task.FromResult(1).Result + new ValueTask<int>(2).Result;
            """,
            "False12"),
        new("Wait", "Later(5).Wait(); return \"\";", "! Task.Wait" + CallCase.Blocks),
        new("WaitAll", "Task.WaitAll(Later(5)); return \"\";", "! Task.WaitAll" + CallCase.Blocks),
        new("WaitAny", "Task.WaitAny(new Task[] { Later(5) }, 100); return \"\";", "! Task.WaitAny" + CallCase.Blocks),
        new("Result", "return Later(5).Result.ToString();", "! Task.Result" + CallCase.Blocks),
        new("ValueResult", "return new ValueTask<int>(Later(5)).Result.ToString();", "! ValueTask.Result" + CallCase.Blocks),
        new("GetResult", "Later(5).GetAwaiter().GetResult(); return \"\";", "! GetAwaiter().GetResult()" + CallCase.Blocks),
        new("GetResults", """
            Task t = Task.CompletedTask; t.GetAwaiter().GetResult(); t.ConfigureAwait(true).GetAwaiter().GetResult();
            Task.FromResult(1).GetAwaiter().GetResult(); Task.FromResult(1).ConfigureAwait(false).GetAwaiter().GetResult();
            new ValueTask().GetAwaiter().GetResult(); new ValueTask().ConfigureAwait(false).GetAwaiter().GetResult();
            new ValueTask<int>(1).GetAwaiter().GetResult(); return "" + new ValueTask<int>(1).ConfigureAwait(false).GetAwaiter().GetResult();
            """,
            "1"),
        new("ConfiguredGetResult", "((Task)Later(5)).ConfigureAwait(false).GetAwaiter().GetResult(); return \"\";", "! GetAwaiter().GetResult()" + CallCase.Blocks),
        new("Parallel", "var sum = new List<long>(); var o = new ParallelOptions(); var e = new[] { 1, 2, 3 }; var p = Partitioner.Create(e, true); Partitioner<int> q = p; void A(long x) => sum.Add(x * 10 + Thread0);"
            + string.Concat(((string[])["", "o, "]).SelectMany(o => (string[])[
                $"Parallel.For(0, 2, {o}i => A(i));", $"Parallel.For(0, 2, {o}(i, s) => A(i));", $"Parallel.For(0, 2, {o}() => 0, (i, s, l) => {{ A(i); return l; }}, l => {{ }});",
                $"Parallel.For(0L, 2L, {o}i => A(i));", $"Parallel.For(0L, 2L, {o}(i, s) => A(i));", $"Parallel.For(0L, 2L, {o}() => 0, (i, s, l) => {{ A(i); return l; }}, l => {{ }});",
                $"Parallel.ForEach(e, {o}i => A(i));", $"Parallel.ForEach(e, {o}(i, s) => A(i));", $"Parallel.ForEach(e, {o}(i, s, n) => A(i));", $"Parallel.ForEach(e, {o}() => 0, (i, s, l) => {{ A(i); return l; }}, l => {{ }});", $"Parallel.ForEach(e, {o}() => 0, (i, s, n, l) => {{ A(i); return l; }}, l => {{ }});",
                $"Parallel.ForEach(q, {o}i => A(i));", $"Parallel.ForEach(q, {o}(i, s) => A(i));", $"Parallel.ForEach(q, {o}() => 0, (i, s, l) => {{ A(i); return l; }}, l => {{ }});", $"Parallel.ForEach(p, {o}(i, s, n) => A(i));", $"Parallel.ForEach(p, {o}() => 0, (i, s, n, l) => {{ A(i); return l; }}, l => {{ }});",
                $"Parallel.Invoke({o}() => A(7), () => A(8));"]))
            + "return string.Concat(sum.Take(4)) + \" \" + sum.Count + \" \" + sum.Sum(x => x % 10);", "111111 88 88"),
        new("ParallelAsync", """
            var seen = new List<int>(); var o = new ParallelOptions(); var e = new[] { 1, 2, 3 };
            async ValueTask B(int i, CancellationToken c) { await Task.Delay(2, c); seen.Add(i);
            } async ValueTask L(int i, CancellationToken c) => await B(i, c); await Parallel.ForEachAsync(e, B);
            await Parallel.ForEachAsync(e, default(CancellationToken), B); await Parallel.ForEachAsync(e, o, B);
            await Parallel.ForEachAsync(Numbers(2), B); await Parallel.ForEachAsync(Numbers(2), default(CancellationToken), B);
            await Parallel.ForEachAsync(Numbers(2), o, B); await Parallel.ForAsync(0, 3, L);
            await Parallel.ForAsync(0, 3, default(CancellationToken), L); await Parallel.ForAsync(0, 3, o, L); return seen.Count + At(world);
            """,
            "24 at 24"),
    ];
}
