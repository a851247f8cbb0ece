using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;

namespace Explored;

/// <summary>Does the things that a simulation should not do.</summary>
internal static class Mishaps
{
    private static int s_finalized;

    public static void Happen(Mishap mishap, RandomSource random, Journal journal)
    {
        switch (mishap)
        {
            case Mishap.ExitsItself:
                Environment.Exit(7);
                break;
            case Mishap.OverflowsStack:
                Deepen(1);
                break;
            case Mishap.FailsFast:
                Environment.FailFast("the lock is gone");
                break;
            case Mishap.LoopsForEver:
                Loop();
                break;
            case Mishap.AllocatesWithoutEnd:
                Hoard();
                break;
            case Mishap.WaitsForPool:
                WaitForPool();
                break;
            case Mishap.WaitsForFinalizer:
                WaitForFinalizer();
                break;
            case Mishap.ThrowsOnAnotherThread:
                var thread = new Thread(static () => throw new InvalidOperationException("nobody listens"));
                thread.Start();
                thread.Join();
                break;
            case Mishap.WritesIntoNothing:
                Marshal.WriteInt32(unchecked((nint)0x1234_5678_9000), 1);
                break;
            case Mishap.JournalsForEver:
                for (ulong state = 5000; ; state++)
                {
                    journal.Add(DiscoveryKind.NewKey, state, 0, random);
                }

            case Mishap.IsKilled:
                Process.GetCurrentProcess().Kill();
                break;
            default:
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Deepen(int depth) => depth == 0 ? 0 : Deepen(depth + 1) + 1;

    private static void Loop()
    {
        for (int i = 0; ; i++)
        {
            s_finalized ^= i;
        }
    }

    private static void Hoard()
    {
        List<byte[]> all = [];
        while (true)
        {
            all.Add(GC.AllocateUninitializedArray<byte>(8 << 20));
            Array.Fill(all[^1], (byte)1);
        }
    }

    internal static void WaitForPool()
    {
        using var done = new ManualResetEventSlim();
        ThreadPool.QueueUserWorkItem(_ => done.Set());
        done.Wait();
    }

    private static void WaitForFinalizer()
    {
        int before = s_finalized;
        Abandon();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (s_finalized == before)
        {
            throw new InvalidOperationException("nothing was finalized");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon() => _ = new Finalized();

    private sealed class Finalized
    {
        ~Finalized() => s_finalized++;
    }
}
