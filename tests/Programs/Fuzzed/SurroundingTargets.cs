using System.Globalization;
using System.Runtime.InteropServices;
using Edgewise.Annotations;

namespace Fuzzed;

/// <summary>A target that changes what is around it, which must not disturb whoever runs it.</summary>
public static class SurroundingTargets
{
    private const int MostKept = 100;

    private static readonly List<Thread> Threads = [];
    private static readonly List<(byte[] Array, byte[] Copy)> Kept = [];

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

    /// <summary>Writes to its input, which it may not.</summary>
    [FuzzTarget("overwrites")]
    public static void Overwrite(ReadOnlySpan<byte> input)
    {
        if (input.Length > 1)
        {
            MemoryMarshal.GetReference(input) = (byte)'!';
        }
    }

    /// <summary>Keeps its input, which it may, and looks at all that it has kept.</summary>
    [FuzzTarget("keeps")]
    public static void Keep(byte[] input)
    {
        Kept.Add((input, [.. input]));
        if (Kept.Exists(pair => !pair.Array.AsSpan().SequenceEqual(pair.Copy)))
        {
            throw new InvalidOperationException("what was kept has changed");
        }

        if (Kept.Count > MostKept)
        {
            Kept.Clear();
        }
    }
}
