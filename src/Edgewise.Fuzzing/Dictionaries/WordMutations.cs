using Edgewise.Fuzzing.Mutation;
using Edgewise.Fuzzing.Randomness;

namespace Edgewise.Fuzzing.Dictionaries;

/// <summary>Changes by words: puts one in, or over what is there.</summary>
internal static class WordMutations
{
    private const int PlacesToTry = 4;

    /// <summary>Puts a word in, or over a place. False where it does not fit.</summary>
    public static bool Apply(ref MutatedInput input, ReadOnlySpan<byte> word, FuzzRandom random)
    {
        if (word.IsEmpty)
        {
            return false;
        }

        if (random.Flip() && input.Free >= word.Length)
        {
            input.Insert(random.Below(input.Length + 1), word);
            return true;
        }

        if (word.Length > input.Length)
        {
            return false;
        }

        input.Overwrite(random.Below(input.Length - word.Length + 1), word);
        return true;
    }

    /// <summary>Puts what was wanted where the input has what was observed; where it has not, anywhere.</summary>
    public static bool ApplyPair(ref MutatedInput input, ReadOnlySpan<byte> observed, ReadOnlySpan<byte> wanted, FuzzRandom random)
    {
        for (int attempt = 0; attempt < PlacesToTry && !observed.IsEmpty && observed.Length <= input.Length; attempt++)
        {
            int from = random.Below(input.Length - observed.Length + 1);
            int found = input.Bytes[from..].IndexOf(observed);
            if (found < 0)
            {
                continue;
            }

            if (wanted.Length == observed.Length)
            {
                wanted.CopyTo(input.Bytes[(from + found)..]);
                return true;
            }

            if (input.Length - observed.Length + wanted.Length <= input.Limit)
            {
                input.Remove(from + found, observed.Length);
                input.Insert(from + found, wanted);
                return input.Length > 0;
            }
        }

        return Apply(ref input, wanted, random);
    }
}
