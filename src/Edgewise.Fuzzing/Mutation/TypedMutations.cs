using Edgewise.Annotations;
using Edgewise.Fuzzing.Randomness;

namespace Edgewise.Fuzzing.Mutation;

/// <summary>Changes the value of one parameter of a target: the bytes that it was read of, as a whole. Each returns false where it cannot be applied; then nothing has changed.</summary>
internal static class TypedMutations
{
    private const int LargestStep = 16;
    private const int LongestInsertion = 8;
    private const byte Escape = (byte)'\\';

    /// <summary>Changes a value.</summary>
    /// <param name="input">The input.</param>
    /// <param name="parts">What its values were read of.</param>
    /// <param name="random">The source of chance.</param>
    public static bool Apply(ref MutatedInput input, IReadOnlyList<ConsumedPart> parts, FuzzRandom random)
    {
        if (parts.Count == 0)
        {
            return false;
        }

        ConsumedPart part = parts[random.Below(parts.Count)];
        return part.IsNumber
            ? ChangeNumber(input.Bytes.Slice(part.Start, part.Length), input.Bytes, parts, random)
            : ChangeText(ref input, part, random);
    }

    private static bool ChangeNumber(Span<byte> place, ReadOnlySpan<byte> input, IReadOnlyList<ConsumedPart> parts, FuzzRandom random)
    {
        if (place.IsEmpty)
        {
            return false;
        }

        int bits = place.Length * 8;
        ulong value = Read(place);
        ulong step = 1 + (ulong)random.Below(LargestStep);
        Write(place, random.Below(8) switch
        {
            0 => value + step,
            1 => value - step,
            2 => 0 - value,
            3 => 0,
            4 => ulong.MaxValue >> (64 - bits),
            5 => 1UL << (bits - 1),
            6 => Read(Other(input, parts, random)),
            _ => random.Next() >> random.Below(64),
        });
        return true;
    }

    // Equal values are what programs often ask for.
    private static ReadOnlySpan<byte> Other(ReadOnlySpan<byte> input, IReadOnlyList<ConsumedPart> parts, FuzzRandom random)
    {
        ConsumedPart other = parts[random.Below(parts.Count)];
        return input.Slice(other.Start, Math.Min(other.Length, sizeof(ulong)));
    }

    private static bool ChangeText(ref MutatedInput input, ConsumedPart part, FuzzRandom random)
    {
        switch (random.Below(3))
        {
            case 0 when part.Length > 0:
                int start = random.Below(part.Length);
                int removed = 1 + random.Below(part.Length - start);
                if (input.Bytes.Slice(part.Start + start, removed).Contains(Escape))
                {
                    return false;
                }

                input.Remove(part.Start + start, removed);
                return true;
            case 1 when part.Length > 0:
                // A backslash would end the text, or join it to the next.
                ref byte changed = ref input.Bytes[part.Start + random.Below(part.Length)];
                changed = changed == Escape ? changed : Letter(random);
                return true;
            default:
                int count = Math.Min(1 + random.Below(LongestInsertion), input.Free);
                Span<byte> added = input.Open(part.Start + random.Below(part.Length + 1), count);
                foreach (ref byte letter in added)
                {
                    letter = Letter(random);
                }

                return count > 0;
        }
    }

    private static byte Letter(FuzzRandom random)
    {
        const byte First = 0x20, Count = 0x5F;
        byte letter = (byte)(First + random.Below(Count));
        return letter == Escape ? First : letter;
    }

    private static ulong Read(ReadOnlySpan<byte> place)
    {
        ulong value = 0;
        for (int i = place.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | place[i];
        }

        return value;
    }

    private static void Write(Span<byte> place, ulong value)
    {
        foreach (ref byte part in place)
        {
            part = (byte)value;
            value >>= 8;
        }
    }
}
