using System.Buffers.Binary;
using System.Text;
using Edgewise.Annotations;

namespace Fuzzed;

/// <summary>Targets for AFL++: ends of every kind, each behind a byte, and words that are hard to guess.</summary>
public static class AflTargets
{
    private static int s_sum;
    private static bool s_hasRun;

    /// <summary>A switch of eight arms and nothing else: what an execution costs at least.</summary>
    [FuzzTarget("switch")]
    public static void Switch(ReadOnlySpan<byte> input)
    {
        switch (input.IsEmpty ? 0 : input[0] & 7)
        {
            case 0: s_sum += 1; break;
            case 1: s_sum += 3; break;
            case 2: s_sum ^= 5; break;
            case 3: s_sum -= 7; break;
            case 4: s_sum += 11; break;
            case 5: s_sum ^= 13; break;
            case 6: s_sum -= 17; break;
            default: s_sum = 0; break;
        }
    }

    /// <summary>Fails behind three bytes that coverage leads to one by one.</summary>
    [FuzzTarget("steps")]
    public static void Steps(ReadOnlySpan<byte> input)
    {
        if (input.Length > 2 && input[0] == (byte)'b')
        {
            s_sum++;
            if (input[1] == (byte)'u')
            {
                s_sum += 2;
                if (input[2] == (byte)'g')
                {
                    throw new InvalidOperationException("three bytes");
                }
            }
        }
    }

    /// <summary>Ends in the way that the first byte names.</summary>
    [FuzzTarget("deaths")]
    [Expects(typeof(FormatException))]
    public static void Ends(ReadOnlySpan<byte> input)
    {
        switch (input.IsEmpty ? '\0' : (char)input[0])
        {
            case 'x': throw new InvalidDataException("unexpected");
            case 'e': throw new FormatException("an answer");
            case 's': s_sum += Deep(input.Length); break;
            case 'f': Environment.FailFast("gave up"); break;
            case 'q': Environment.Exit(3); break;
            case 'h': Thread.Sleep(Timeout.Infinite); break;
            case 'w': Thread.Sleep(50); break;
            case 't': new Thread(() => throw new InvalidOperationException("on another thread")).Start(); Thread.Sleep(Timeout.Infinite); break;
        }
    }

    /// <summary>Fails behind eight bytes that have to be right at once.</summary>
    [FuzzTarget("magic")]
    public static void Magic(ReadOnlySpan<byte> input)
    {
        if (input.Length >= 8 && BinaryPrimitives.ReadUInt64LittleEndian(input) == 0x4ae71f25c90d83b6)
        {
            throw new InvalidOperationException("eight bytes");
        }
    }

    /// <summary>Fails behind a word that is no literal of the program.</summary>
    [FuzzTarget("word")]
    public static void Word(ReadOnlySpan<byte> input)
    {
        string word = Encoding.UTF8.GetString(input[..Math.Min(input.Length, 10)]);
        if (word == Turned("snoitaroxe"))
        {
            throw new InvalidOperationException("a word");
        }
    }

    /// <summary>Counts in loops as often as the input's first byte says.</summary>
    [FuzzTarget("loops")]
    public static void Loops(ReadOnlySpan<byte> input)
    {
        for (int i = input.IsEmpty ? 0 : input[0]; i > 0; i--)
        {
            s_sum += i % 3 == 0 ? 2 : 1;
        }
    }

    /// <summary>Hangs where the first input of its process is an <c>m</c>; any other time that returns. Fails on an <c>f</c>.</summary>
    [FuzzTarget("moody")]
    public static void Moody(ReadOnlySpan<byte> input)
    {
        bool isFirst = !s_hasRun;
        s_hasRun = true;
        if (input.StartsWith("m"u8) && isFirst)
        {
            Thread.Sleep(Timeout.Infinite);
        }

        if (input.StartsWith("f"u8))
        {
            Environment.FailFast("moody");
        }
    }

    private static int Deep(int depth) => depth < 0 ? 0 : 1 + Deep(depth + 1) + (s_sum & 1);

    private static string Turned(string word)
    {
        char[] letters = word.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }
}
