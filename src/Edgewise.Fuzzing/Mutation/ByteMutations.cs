using Edgewise.Fuzzing.Randomness;

namespace Edgewise.Fuzzing.Mutation;

/// <summary>Changes that know nothing of an input but that it is bytes. Each returns false where it cannot be applied; then nothing has changed.</summary>
internal static class ByteMutations
{
    private const int FewestRepeated = 3;
    private const int MostRepeated = 128;
    private const int MostShuffled = 8;

    public static bool EraseBytes(ref MutatedInput input, FuzzRandom random)
    {
        if (input.Length <= 1)
        {
            return false;
        }

        int count = random.Below(input.Length / 2) + 1;
        input.Remove(random.Below(input.Length - count + 1), count);
        return true;
    }

    public static bool InsertByte(ref MutatedInput input, FuzzRandom random)
    {
        if (input.Free < 1)
        {
            return false;
        }

        int place = random.Below(input.Length + 1);
        input.Open(place, 1)[0] = random.Byte();
        return true;
    }

    public static bool InsertRepeatedBytes(ref MutatedInput input, FuzzRandom random)
    {
        if (input.Free < FewestRepeated)
        {
            return false;
        }

        int count = FewestRepeated + random.Below(Math.Min(input.Free, MostRepeated) - FewestRepeated + 1);
        int place = random.Below(input.Length + 1);
        // Half of the time one of the two bytes of which long runs are made.
        byte value = random.Flip() ? random.Byte() : random.Flip() ? (byte)0 : byte.MaxValue;
        input.Open(place, count).Fill(value);
        return true;
    }

    public static bool ChangeByte(ref MutatedInput input, FuzzRandom random)
    {
        if (input.Length == 0)
        {
            return false;
        }

        input.Bytes[random.Below(input.Length)] = random.Byte();
        return true;
    }

    public static bool ChangeBit(ref MutatedInput input, FuzzRandom random)
    {
        if (input.Length == 0)
        {
            return false;
        }

        input.Bytes[random.Below(input.Length)] ^= (byte)(1 << random.Below(8));
        return true;
    }

    public static bool ShuffleBytes(ref MutatedInput input, FuzzRandom random)
    {
        if (input.Length < 2)
        {
            return false;
        }

        int count = random.Below(Math.Min(input.Length, MostShuffled)) + 1;
        Span<byte> part = input.Bytes.Slice(random.Below(input.Length - count + 1), count);
        for (int i = part.Length - 1; i > 0; i--)
        {
            int other = random.Below(i + 1);
            (part[i], part[other]) = (part[other], part[i]);
        }

        return true;
    }

    /// <summary>Copies a part of the input over another place, or puts the copy in.</summary>
    public static bool CopyPart(ref MutatedInput input, FuzzRandom random)
    {
        if (input.Length == 0)
        {
            return false;
        }

        if (input.Free > 0 && random.Flip())
        {
            int count = random.Below(Math.Min(input.Length, input.Free)) + 1;
            int from = random.Below(input.Length - count + 1);
            int place = random.Below(input.Length + 1);
            Span<byte> opened = input.Open(place, count);

            // What lay behind the place has moved: the copy is taken from where its bytes are now.
            int head = Math.Clamp(place - from, 0, count);
            input.Bytes.Slice(from, head).CopyTo(opened);
            input.Bytes.Slice(from + head + (head < count ? count : 0), count - head).CopyTo(opened[head..]);
            return true;
        }

        int length = random.Below(input.Length) + 1;
        int source = random.Below(input.Length - length + 1);
        int target = random.Below(input.Length - length + 1);
        input.Bytes.Slice(source, length).CopyTo(input.Bytes[target..]);
        return true;
    }
}
