using Edgewise.Annotations;

namespace Edgewise.Bench.FuzzTargets;

/// <summary>Hardly any work: what is left is the fuzzer. <c>switch.c</c> beside the benchmark is the same in C.</summary>
public static class SwitchTarget
{
    private static int s_kind;

    /// <summary>What the last input was.</summary>
    public static int Kind => s_kind;

    /// <summary>Switches on the first byte.</summary>
    [FuzzTarget("switch")]
    public static void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        switch (input[0])
        {
            case (byte)'{':
                s_kind = 1;
                break;
            case (byte)'[':
                s_kind = 2;
                break;
            case (byte)'"':
                s_kind = 3;
                break;
            case (byte)'-':
                s_kind = 4;
                break;
            case (byte)'t':
                s_kind = 5;
                break;
            case (byte)'f':
                s_kind = 6;
                break;
            case (byte)'n':
                s_kind = 7;
                break;
            case (byte)' ':
                s_kind = 8;
                break;
            default:
                s_kind = 0;
                break;
        }
    }
}
