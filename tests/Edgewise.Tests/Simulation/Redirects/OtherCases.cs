namespace Edgewise.Tests.Simulation.Redirects;

/// <summary>Time, chance, blocking waits, the machine.</summary>
internal static class OtherCases
{
    public static IReadOnlyList<CallCase> All { get; } =
    [
        new("Delay", """
            await Task.Delay(1); await Task.Delay(TimeSpan.FromMilliseconds(2)); await Task.Delay(3, new CancellationTokenSource().Token);
            await Task.Delay(TimeSpan.FromMilliseconds(4), new CancellationTokenSource().Token);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System); return At(world);
            """,
            " at 15"),
        new("DelayIsCancelled", """
            var c = new CancellationTokenSource(20); try { await Task.Delay(1000, c.Token); return "";
            } catch (OperationCanceledException e) { return (e.CancellationToken == c.Token) + At(world); }
            """,
            "True at 20"),
        new("Cancellation", """
            async Task<string> Of(CancellationTokenSource c) { try { await Task.Delay(-1, c.Token);
            } catch (OperationCanceledException) { } return At(world); } string s = await Of(new CancellationTokenSource(5));
            s += await Of(new CancellationTokenSource(TimeSpan.FromMilliseconds(5)));
            s += await Of(new CancellationTokenSource(TimeSpan.FromMilliseconds(5), TimeProvider.System));
            var l = CancellationTokenSource.CreateLinkedTokenSource(new CancellationTokenSource().Token); l.CancelAfter(100);
            l.CancelAfter(TimeSpan.FromMilliseconds(5)); s += await Of(l); s += new CancellationTokenSource(0).IsCancellationRequested; return s;
            """,
            " at 5 at 10 at 15 at 20True"),
        new("CancellationEnds", """
            var c = new CancellationTokenSource(5); string s = "" + c.TryReset(); var d = new CancellationTokenSource(5);
            CancellationToken t = d.Token; d.Dispose(); using (var e = new CancellationTokenSource(5)) { } var a = new CancellationTokenSource();
            bool called = false; a.Token.Register(() => called = true); await a.CancelAsync(); await Task.Delay(50);
            return s + c.IsCancellationRequested + t.IsCancellationRequested + called;
            """,
            "TrueFalseFalseTrue"),
        new("Timer", """
            string s = ""; using var a = new Timer(_ => s += 'a', null, 10, 10);
            var b = new Timer(_ => s += 'b', null, TimeSpan.FromMilliseconds(15), Timeout.InfiniteTimeSpan);
            var c = new Timer(_ => s += 'c', null, 16L, -1L); var d = new Timer(_ => s += 'd', null, 17u, uint.MaxValue); Timer e = null;
            e = new Timer(x => s += x == e); await Task.Delay(25);e.Change(1, -1); await Task.Delay(2); e.Change(1L, -1L);
            e.Change(1u, uint.MaxValue); e.Change(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan); b.Dispose(); await c.DisposeAsync();
            d.Dispose(new ManualResetEvent(false)); await Task.Delay(10); return s;
            """,
            "abcdaTrueTruea"),
        new("TimerIsDisposed", """
            int n = 0; IDisposable t = new Timer(_ => n++, null, 10, 10); await Task.Delay(25); t.Dispose(); await Task.Delay(100);
            return n.ToString();
            """,
            "2"),
        new("PeriodicTimer", """
            using var t = new PeriodicTimer(TimeSpan.FromMilliseconds(10)); string s = ""; for (int i = 0; i < 3;
            i++) { await t.WaitForNextTickAsync(); s += At(world); } return s;
            """,
            " at 10 at 20 at 30"),
        new("Clocks", """
            await Task.Delay(1500);
            return DateTime.UtcNow.ToString("o") + DateTime.Now.ToString("o") + DateTime.Today.ToString("o") + DateTimeOffset.UtcNow.ToString("o") + DateTimeOffset.Now.ToString("o") + TimeProvider.System.GetUtcNow().ToString("o") + Environment.TickCount + Environment.TickCount64;
            """,
            "2025-01-01T00:00:01.5000000Z" + "2025-01-01T00:00:01.5000000+00:00" + "2025-01-01T00:00:00.0000000+00:00" + "2025-01-01T00:00:01.5000000+00:00" + "2025-01-01T00:00:01.5000000+00:00" + "2025-01-01T00:00:01.5000000+00:00" + "15001500"),
        new("Zone", """
            var u = new DateTime(2025, 6, 1, 12, 0, 0, DateTimeKind.Utc); var l = u.ToLocalTime();
            var o = new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.FromHours(5)); DateTimeOffset i = new DateTime(2025, 6, 1, 12, 0, 0);
            var n = new DateTimeOffset(l); object b = new DateTimeOffset(l);
            return TimeZoneInfo.Local.Id + l.Kind + l.Hour + l.ToUniversalTime().Kind + l.ToUniversalTime().Hour + o.ToLocalTime().Hour + o.LocalDateTime.Hour + i.Offset.Hours + n.Offset.Hours + ((DateTimeOffset)b).Offset.Hours + TimeZoneInfo.ConvertTimeToUtc(l).Hour;
            """,
            "UTCLocal12Utc127700012"),
        new("Stopwatch", """
            var a = Stopwatch.StartNew(); var b = new Stopwatch(); long start = Stopwatch.GetTimestamp(); await Task.Delay(30); b.Start();
            await Task.Delay(20); b.Stop(); await Task.Delay(7); a.Stop();
            string s = a.ElapsedMilliseconds + "," + b.Elapsed.TotalMilliseconds + "," + b.ElapsedTicks * 1000 / Stopwatch.Frequency + a.IsRunning + Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            a.Restart(); await Task.Delay(1); s += a.IsRunning + "" + a.ElapsedMilliseconds; a.Reset();
            return s + a.ElapsedMilliseconds + TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
            """,
            "57,20,20False57True1058"),
        new("Sleep", """
            string s = ""; using var t = new Timer(_ => s += At(world), null, 10, -1); Thread.Sleep(30); s += At(world);
            Thread.Sleep(TimeSpan.FromMilliseconds(5)); await Task.Delay(1); return s + At(world);
            """,
            " at 30 at 35 at 36"),
        new("SleepForEver", "Thread.Sleep(-1); return \"\";", "! Thread.Sleep(Infinite)" + CallCase.Blocks),
        new("SleepTooLong", "Thread.Sleep(TimeSpan.FromHours(2)); return \"\";", "! a sleep of 02:00:00 does not end within 01:00:00 of simulated time"),
        new("ThreadId", """
            return "" + Environment.CurrentManagedThreadId + Thread.CurrentThread.ManagedThreadId + Environment.ProcessId;
            """,
            "111"),
        new("Machine", "return Environment.ProcessorCount + Environment.MachineName;", "4simulated"),
        new("Exit", "try { Environment.Exit(3); } catch (Exception) { } return \"\";", "! Environment.Exit(3)"),
        new("FailFast", "Environment.FailFast(\"no\"); return \"\";", "! Environment.FailFast(no)"),
        new("FailFastFor", "Environment.FailFast(\"no\", new Exception()); return \"\";", "! Environment.FailFast(no)"),
        new("Guids", """
            Guid a = Guid.NewGuid(), b = Guid.NewGuid(), c = Guid.CreateVersion7(), d = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddMilliseconds(1));
            return (a == b) + "" + a.Version + (a.Variant >> 2) + c.Version + c.ToString()[..13] + d.Version + d.ToString()[..13] + world.Random.TotalCount;
            """,
            "False42701941f29-7c00700000000-00018"),
        new("Random", """
            var r = new Random(); long n = world.Random.TotalCount; r.Next(); r.Next(5); r.Next(2, 4); r.NextInt64(); r.NextInt64(9);
            r.NextInt64(3, 5); r.NextDouble(); r.NextSingle(); r.NextBytes(new byte[9]);
            bool fits = Enumerable.Range(0, 99).All(_ => Random.Shared.Next(3, 6) is >= 3 and < 6 && Random.Shared.NextSingle() is >= 0 and < 1);
            return fits + "" + (world.Random.TotalCount - n);
            """,
            "True208"),
        new("Generator", """
            using var g = RandomNumberGenerator.Create(); var b = new byte[8]; long n = world.Random.TotalCount; g.GetBytes(b); g.GetNonZeroBytes(b);
            RandomNumberGenerator.Fill(b); b = RandomNumberGenerator.GetBytes(3); string s = "" + b.Length;
            int i = RandomNumberGenerator.GetInt32(5) + RandomNumberGenerator.GetInt32(1, 5); RandomNumberGenerator.Shuffle<byte>(b);
            s += RandomNumberGenerator.GetItems<int>(new[] { 4 }, 2).Length; RandomNumberGenerator.GetItems<int>(new[] { 4 }, new int[2]);
            s += RandomNumberGenerator.GetString("x", 2) + RandomNumberGenerator.GetHexString(4, true).Length;
            RandomNumberGenerator.GetHexString(new char[3], false); return s + (world.Random.TotalCount - n > 15) + (Path.GetRandomFileName()[8]);
            """,
            "32xx4True."),
        new("Semaphore", """
            var s = new SemaphoreSlim(1); var n = new CancellationTokenSource().Token; string r = ""; await s.WaitAsync();
            var b = s.WaitAsync(n).ContinueWith(_ => r += 'b'); var c = s.WaitAsync(50).ContinueWith(t => r += t.Result);
            var d = s.WaitAsync(TimeSpan.FromMilliseconds(500)).ContinueWith(_ => r += 'd'); var e = s.WaitAsync(-1, n).ContinueWith(_ => r += 'e');
            var f = s.WaitAsync(TimeSpan.FromSeconds(9), n).ContinueWith(_ => r += 'f'); await Task.Delay(100); r += s.Release(); await b;
            s.Release(1); await d; s.Release(); await e; s.Release(); await f; r += s.CurrentCount; s.Release(); return r + s.Wait(0) + At(world);
            """,
            "False0bdef0True at 100"),
        new("SemaphoreIsLeft", """
            var s = new SemaphoreSlim(0); var c = new CancellationTokenSource(20); try { await s.WaitAsync(c.Token);
            } catch (OperationCanceledException e) { s.Release(); return (e.CancellationToken == c.Token) + "" + s.CurrentCount + At(world);
            } return "";
            """,
            "True1 at 20"),
        new("SemaphoreBlocks", "new SemaphoreSlim(0).Wait(); return \"\";", "! SemaphoreSlim.Wait" + CallCase.Blocks),
        new("SemaphoreDoesNotBlock", """
            var s = new SemaphoreSlim(6); var n = default(CancellationToken); s.Wait(); s.Wait(n); s.Wait(1); s.Wait(TimeSpan.Zero); s.Wait(1, n);
            s.Wait(TimeSpan.Zero, n); return s.CurrentCount + "" + s.Wait(0);
            """,
            "0False"),
        new("Handles", """
            var e = new ManualResetEvent(true); var z = TimeSpan.FromDays(1);
            return "" + e.WaitOne() + e.WaitOne(9) + e.WaitOne(z) + e.WaitOne(9, false) + e.WaitOne(z, false) + new AutoResetEvent(false).WaitOne(0);
            """,
            "TrueTrueTrueTrueTrueFalse"),
        new("HandleBlocks", "new ManualResetEvent(false).WaitOne(50); return \"\";", "! WaitHandle.WaitOne" + CallCase.Blocks),
        new("Events", """
            var e = new ManualResetEventSlim(true); var d = new CountdownEvent(0); var n = default(CancellationToken); var z = TimeSpan.FromDays(1);
            e.Wait(); e.Wait(n); e.Wait(1); e.Wait(z); e.Wait(1, n); e.Wait(z, n); d.Wait(); d.Wait(n); d.Wait(1); d.Wait(z); d.Wait(1, n);
            return "" + d.Wait(z, n) + new ManualResetEventSlim().Wait(0);
            """,
            "TrueFalse"),
        new("EventBlocks", "new ManualResetEventSlim().Wait(); return \"\";", "! ManualResetEventSlim.Wait" + CallCase.Blocks),
        new("CountdownBlocks", "new CountdownEvent(1).Wait(9); return \"\";", "! CountdownEvent.Wait" + CallCase.Blocks),
        new("Spins", """
            SpinWait.SpinUntil(() => true);
            return "" + SpinWait.SpinUntil(() => true, 5) + SpinWait.SpinUntil(() => true, TimeSpan.FromMilliseconds(5)) + SpinWait.SpinUntil(() => false, 0);
            """,
            "TrueTrueFalse"),
        new("SpinBlocks", "SpinWait.SpinUntil(() => false); return \"\";", "! SpinWait.SpinUntil" + CallCase.Blocks),
    ];
}
