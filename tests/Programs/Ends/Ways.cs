using System.Runtime.InteropServices;

namespace Ends;

/// <summary>Ways in which a program can end. Each is a method of its own, so that coverage tells which one was taken.</summary>
internal static class Ways
{
    public static int Return(int code) => code;

    public static int Exit(int code)
    {
        Environment.Exit(code);
        return NeverReached();
    }

    public static int Throw() => throw new InvalidOperationException("nobody catches this");

    public static int ThrowOnThread()
    {
        var thread = new Thread(() => Throw());
        thread.Start();
        Thread.Sleep(Timeout.Infinite);
        return NeverReached();
    }

    public static int FailFast()
    {
        Environment.FailFast("on purpose");
        return NeverReached();
    }

    public static int Overflow(int depth) => depth < 0 ? NeverReached() : Overflow(depth + 1) + 1;

    public static int Wait()
    {
        SayReady();
        Thread.Sleep(Timeout.Infinite);
        return NeverReached();
    }

    /// <summary>Takes SIGTERM as a request, as servers do.</summary>
    public static int WaitAndEndWell()
    {
        using var asked = new ManualResetEventSlim();
        using PosixSignalRegistration registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            asked.Set();
        });
        SayReady();
        asked.Wait();
        return 4;
    }

    /// <summary>Takes Ctrl-C as a request.</summary>
    public static int WaitForCancel()
    {
        using var asked = new ManualResetEventSlim();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            asked.Set();
        };
        SayReady();
        asked.Wait();
        return 5;
    }

    private static int NeverReached() => 99;

    private static void SayReady() => Console.WriteLine($"ready {Environment.ProcessId}");
}
