using Edgewise.Runtime.Sessions;

namespace Edgewise.Tests.Runtime.Sessions;

/// <summary>What instrumented code does: it enters a method, and passes points and comparisons.</summary>
internal static class Pass
{
    /// <summary>Numbers far beyond those of modules that other tests load, so that a PC is the number itself.</summary>
    public const int FirstPoint = 1_000_000_000;

    public static void Points(IEnumerable<int> points)
    {
        nint thread = TraceSessionCallbacks.EnterMethod();
        foreach (int point in points)
        {
            TraceSessionCallbacks.TracePc(thread, FirstPoint + point);
        }
    }

    public static void Points(params int[] points) => Points((IEnumerable<int>)points);

    public static void Compares(params (uint Left, uint Right)[] operands)
    {
        nint thread = TraceSessionCallbacks.EnterMethod();
        foreach ((uint left, uint right) in operands)
        {
            TraceSessionCallbacks.TraceCmp4(thread, left, right, FirstPoint);
        }
    }

    /// <summary>Runs an action on a thread of its own, to its end.</summary>
    public static void OnThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    public static int[] Recorded(TraceSnapshot found) => [.. found.Pcs.ToArray().Select(pc => (int)pc - FirstPoint)];

    /// <summary>A session that records the calling thread while an action runs.</summary>
    public static TraceSnapshot Traced(TraceModes modes, Action action, int words = 1024, bool extended = false)
    {
        using TraceSession session = TraceSession.Create(words, new TraceSessionOptions { Extended = extended });
        session.Enable(modes);
        action();
        session.Disable();
        return session.Collect();
    }
}
