using System.Globalization;
using Edgewise.Annotations;

namespace Fuzzed;

/// <summary>A target that changes what is around it, which must not disturb whoever runs it.</summary>
public static class SurroundingTargets
{
    private static readonly List<Thread> Threads = [];

    /// <summary>Closes standard output, changes folder and culture, writes to both streams and leaves a thread behind.</summary>
    [FuzzTarget("surroundings")]
    public static void Disturb(ReadOnlySpan<byte> input)
    {
        Console.Out.WriteLine("a line of the target");
        Console.Error.WriteLine("an error of the target");
        Console.OpenStandardOutput().Dispose();
        Directory.SetCurrentDirectory("/");
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentCulture = new CultureInfo("") { NumberFormat = { NegativeSign = "minus" } };
        if (Threads.Count == 0)
        {
            var thread = new Thread(() => Thread.Sleep(Timeout.Infinite));
            Threads.Add(thread);
            thread.Start();
        }

        if (input.IndexOf((byte)'!') >= 0)
        {
            throw new InvalidOperationException("disturbed");
        }
    }
}
