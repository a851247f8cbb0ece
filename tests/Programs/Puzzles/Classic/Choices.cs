using System.Buffers.Binary;
using Edgewise.Annotations;

namespace Puzzles.Classic;

/// <summary>Numbers that a switch asks for.</summary>
public static class Choices
{
    /// <summary>Three switches over numbers of different widths, one behind the other.</summary>
    [FuzzTarget("SwitchTest")]
    public static void Widths(ReadOnlySpan<byte> input)
    {
        if (input.Length >= 4 && IsLast(BinaryPrimitives.ReadInt32LittleEndian(input))
            && input.Length >= 12 && IsLast(BinaryPrimitives.ReadUInt64LittleEndian(input[4..]))
            && input.Length >= 14 && IsLast(BinaryPrimitives.ReadInt16LittleEndian(input[12..])))
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>Three numbers, of which two must be different cases.</summary>
    [FuzzTarget("Switch2Test")]
    public static void Several(ReadOnlySpan<byte> input)
    {
        const int Count = 3;
        if (input.Length < Count * sizeof(int))
        {
            return;
        }

        int sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += Worth(BinaryPrimitives.ReadInt32LittleEndian(input[(i * sizeof(int))..]));
        }

        if (sum is 5 or 3 or 6 or 7)
        {
            throw new PuzzleSolvedException();
        }
    }

    /// <summary>A number in the middle of a long input.</summary>
    [FuzzTarget("Switch3Test")]
    public static void Middle(ReadOnlySpan<byte> input)
    {
        if (input.Length < 100)
        {
            return;
        }

        switch (BinaryPrimitives.ReadUInt32LittleEndian(input[(input.Length / 2)..]))
        {
            case 0x47524159:
                throw new PuzzleSolvedException("grey");
            case 0x52474220:
                throw new PuzzleSolvedException("colour");
            default:
                break;
        }
    }

    private static int Worth(int number)
    {
        switch (number)
        {
            case 100_001:
                return 1;
            case 100_002:
                return 2;
            case 100_003:
                return 4;
            default:
                return 0;
        }
    }

    private static bool IsLast(int number)
    {
        switch (number)
        {
            case 1:
                Sink.Number = 11;
                break;
            case 101:
                Sink.Number = 12;
                break;
            case 1001:
                Sink.Number = 13;
                break;
            case 10_001:
                Sink.Number = 14;
                break;
            case 100_001:
                Sink.Number = 15;
                break;
            case 1_000_001:
                Sink.Number = 16;
                break;
            case 10_000_001:
                Sink.Number = 17;
                break;
            case 100_000_001:
                return true;
            default:
                break;
        }

        return false;
    }

    private static bool IsLast(ulong number)
    {
        switch (number)
        {
            case 1:
                Sink.Number = 21;
                break;
            case 101:
                Sink.Number = 22;
                break;
            case 1001:
                Sink.Number = 23;
                break;
            case 10_001:
                Sink.Number = 24;
                break;
            case 100_001:
                Sink.Number = 25;
                break;
            case 1_000_001:
                Sink.Number = 26;
                break;
            case 10_000_001:
                Sink.Number = 27;
                break;
            case 100_000_001:
                return true;
            default:
                break;
        }

        return false;
    }

    private static bool IsLast(short number)
    {
        switch (number)
        {
            case 42:
                Sink.Number = 31;
                break;
            case 402:
                Sink.Number = 32;
                break;
            case 4002:
                Sink.Number = 33;
                break;
            case 5002:
                Sink.Number = 34;
                break;
            case 7002:
                Sink.Number = 35;
                break;
            case 9002:
                Sink.Number = 36;
                break;
            case 14_002:
                Sink.Number = 37;
                break;
            case 21_402:
                return true;
            default:
                break;
        }

        return false;
    }
}
