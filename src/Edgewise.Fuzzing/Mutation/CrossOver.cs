using Edgewise.Fuzzing.Randomness;

namespace Edgewise.Fuzzing.Mutation;

/// <summary>Makes one input of two.</summary>
internal static class CrossOver
{
    /// <summary>Splices the two, or puts a part of the other in or over a place. False where it cannot be applied; then nothing has changed.</summary>
    /// <param name="input">The input.</param>
    /// <param name="other">Another entry.</param>
    /// <param name="random">Chance.</param>
    public static bool Apply(ref MutatedInput input, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        if (other.IsEmpty || input.Length == 0)
        {
            return false;
        }

        switch (random.Below(4))
        {
            case 0:
                return Splice(ref input, other, random);
            case 1 when Math.Min(input.Length, other.Length) > 1:
                // A part or the rest, at the place where the other has it.
                int common = Math.Min(input.Length, other.Length);
                int start = 1 + random.Below(common - 1);
                int length = random.Flip() ? common - start : 1 + random.Below(common - start);
                other.Slice(start, length).CopyTo(input.Bytes[start..]);
                return true;
            case 2 when input.Free > 0:
                int inserted = random.Below(Math.Min(input.Free, other.Length)) + 1;
                input.Insert(random.Below(input.Length + 1), other.Slice(random.Below(other.Length - inserted + 1), inserted));
                return true;
            default:
                int copied = random.Below(Math.Min(input.Length, other.Length)) + 1;
                other.Slice(random.Below(other.Length - copied + 1), copied).CopyTo(input.Bytes[random.Below(input.Length - copied + 1)..]);
                return true;
        }
    }

    // The beginning of one and the end of the other.
    private static bool Splice(ref MutatedInput input, ReadOnlySpan<byte> other, FuzzRandom random)
    {
        int head = random.Below(input.Length + 1);
        int tail = random.Below(Math.Min(other.Length, input.Limit - head) + 1);
        if (head + tail == 0)
        {
            return false;
        }

        if (input.Length > head)
        {
            input.Remove(head, input.Length - head);
        }

        input.Insert(head, other[(other.Length - tail)..]);
        return true;
    }
}
