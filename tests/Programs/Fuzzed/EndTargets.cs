using Edgewise.Annotations;

namespace Fuzzed;

/// <summary>A target that ends in each way a process can, as its input says.</summary>
public static class EndTargets
{
    private static readonly List<byte[]> Held = [];

    /// <summary>Ends as the first letter says that means an end; returns where there is none.</summary>
    [FuzzTarget("ends")]
    [Expects(typeof(FormatException))]
    public static void Ends(ReadOnlySpan<byte> input)
    {
        foreach (byte letter in input)
        {
            switch (letter)
            {
                case (byte)'R':
                    throw new FormatException("no end");
                case (byte)'X':
                    throw new InvalidOperationException($"an X in {input.Length} bytes");
                case (byte)'N':
                    Thread.Sleep(1200);
                    break;
                case (byte)'S':
                    _ = Descend(input.Length);
                    break;
                case (byte)'F':
                    Environment.FailFast("the file is broken");
                    break;
                case (byte)'E':
                    Environment.Exit(3);
                    break;
                case (byte)'H':
                    Spin();
                    break;
                case (byte)'M':
                    Hold();
                    break;
                case (byte)'A':
                    WriteNowhere();
                    break;
                case (byte)'T':
                    FailElsewhere();
                    break;
            }
        }
    }

    private static int Descend(int depth) => Ascend(depth + 1) + 1;

    private static int Ascend(int depth) => Descend(depth + 2) + depth;

    private static void Spin()
    {
        while (true)
        {
            Thread.SpinWait(1000);
        }
    }

    private static void Hold()
    {
        while (true)
        {
            byte[] block = new byte[1 << 24];
            block.AsSpan().Fill(1);
            Held.Add(block);
        }
    }

    private static unsafe void WriteNowhere() => *(byte*)0x1234_5678_9000 = 1;

    private static void FailElsewhere()
    {
        var thread = new Thread(() => throw new NotSupportedException("in a thread of its own"));
        thread.Start();
        thread.Join();
    }
}
