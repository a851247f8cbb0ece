using Edgewise.Annotations;

namespace Fuzzed;

/// <summary>Targets without a defect, whose edges tell one input from another.</summary>
public static class FlowTargets
{
    /// <summary>Takes an edge for each of the letters that it meets.</summary>
    [FuzzTarget("letters")]
    public static void Letters(ReadOnlySpan<byte> input)
    {
        foreach (byte letter in input)
        {
            switch (letter)
            {
                case (byte)'a':
                    Count(1);
                    break;
                case (byte)'b':
                    Count(2);
                    break;
                case (byte)'c':
                    Count(3);
                    break;
                case (byte)'d':
                    Count(4);
                    break;
            }
        }
    }

    /// <summary>How many letters there were.</summary>
    public static int Total { get; private set; }

    private static void Count(int weight) => Total += weight;
}
