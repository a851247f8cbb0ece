using System.Buffers.Binary;
using Edgewise.Fuzzing.Randomness;

namespace Edgewise.Fuzzing.Mutation;

/// <summary>Changes of numbers within an input, in text or binary. Each returns false where it cannot be applied; then nothing has changed.</summary>
internal static class NumberMutations
{
    // As far from the number as AFL and libFuzzer go.
    private const int LargestStep = 10;
    private const int MostDigits = 18;
    private const int ShareOfLengths = 4;
    private const int LengthsFrom = 64;

    private static ReadOnlySpan<byte> Interesting8 => [0x80, 0xFF, 0, 1, 16, 32, 64, 100, 127];

    private static ReadOnlySpan<short> Interesting16 => [-32768, -129, 128, 255, 256, 512, 1000, 1024, 4096, 32767];

    private static ReadOnlySpan<int> Interesting32 => [int.MinValue, -100663046, -32769, 32768, 65535, 65536, 100663045, int.MaxValue];

    private static ReadOnlySpan<long> Interesting64 => [long.MinValue, int.MinValue - 1L, int.MaxValue + 1L, uint.MaxValue, uint.MaxValue + 1L, long.MaxValue];

    /// <summary>Changes the digits from some place on: adds or takes one, doubles, halves, squares' size at random; keeps their number.</summary>
    public static bool ChangeASCIIInt(ref MutatedInput input, FuzzRandom random)
    {
        if (input.Length == 0)
        {
            return false;
        }

        Span<byte> bytes = input.Bytes;
        int start = random.Below(bytes.Length);
        while (start < bytes.Length && !char.IsAsciiDigit((char)bytes[start]))
        {
            start++;
        }

        int end = start;
        ulong value = 0;
        while (end < bytes.Length && end - start < MostDigits && char.IsAsciiDigit((char)bytes[end]))
        {
            value = (value * 10) + (ulong)(bytes[end++] - '0');
        }

        if (start == end)
        {
            return false;
        }

        value = random.Below(5) switch
        {
            0 => value + 1,
            1 => value - 1,
            2 => value / 2,
            3 => value * 2,
            _ => random.Below((value * value) + 1),
        };
        for (int i = end - 1; i >= start; i--, value /= 10)
        {
            bytes[i] = (byte)('0' + (value % 10));
        }

        return true;
    }

    /// <summary>Adds a small number, negates, or puts the input's own length in; of 1, 2, 4 or 8 bytes in either order.</summary>
    public static bool ChangeBinInt(ref MutatedInput input, FuzzRandom random)
    {
        int width = 1 << random.Below(4);
        if (input.Length < width)
        {
            return false;
        }

        int start = random.Below(input.Length - width + 1);
        Span<byte> place = input.Bytes.Slice(start, width);
        bool isBigEndian = width > 1 && random.Flip();
        ulong value;
        if (start < LengthsFrom && random.OneIn(ShareOfLengths))
        {
            value = (ulong)input.Length;
        }
        else
        {
            value = Read(place, isBigEndian) + (ulong)(long)(random.Below((2 * LargestStep) + 1) - LargestStep);
            value = random.Flip() ? value : 0 - value;
        }

        Write(place, value, isBigEndian);
        return true;
    }

    /// <summary>Puts a number in that is often at an edge.</summary>
    public static bool InterestingInt(ref MutatedInput input, FuzzRandom random)
    {
        int width = 1 << random.Below(4);
        if (input.Length < width)
        {
            return false;
        }

        Span<byte> place = input.Bytes.Slice(random.Below(input.Length - width + 1), width);
        ulong value = width switch
        {
            sizeof(byte) => Interesting8[random.Below(Interesting8.Length)],
            sizeof(ushort) => (ulong)Interesting16[random.Below(Interesting16.Length)],
            sizeof(uint) => (ulong)Interesting32[random.Below(Interesting32.Length)],
            _ => (ulong)Interesting64[random.Below(Interesting64.Length)],
        };
        Write(place, value, random.Flip());
        return true;
    }

    private static ulong Read(ReadOnlySpan<byte> place, bool isBigEndian) => place.Length switch
    {
        sizeof(byte) => place[0],
        sizeof(ushort) => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(place) : BinaryPrimitives.ReadUInt16LittleEndian(place),
        sizeof(uint) => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(place) : BinaryPrimitives.ReadUInt32LittleEndian(place),
        _ => isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(place) : BinaryPrimitives.ReadUInt64LittleEndian(place),
    };

    private static void Write(Span<byte> place, ulong value, bool isBigEndian)
    {
        switch (place.Length)
        {
            case sizeof(byte):
                place[0] = (byte)value;
                break;
            case sizeof(ushort):
                BinaryPrimitives.WriteUInt16LittleEndian(place, isBigEndian ? BinaryPrimitives.ReverseEndianness((ushort)value) : (ushort)value);
                break;
            case sizeof(uint):
                BinaryPrimitives.WriteUInt32LittleEndian(place, isBigEndian ? BinaryPrimitives.ReverseEndianness((uint)value) : (uint)value);
                break;
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(place, isBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
                break;
        }
    }
}
