using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Dictionaries;
using Edgewise.Fuzzing.Randomness;

namespace Edgewise.Fuzzing.Mutation;

/// <summary>Chooses a mutator and applies it, until one could be applied.</summary>
internal sealed unsafe class Mutations
{
    // As libFuzzer: after so many that could not be applied the input becomes one blank.
    private const int Attempts = 100;

    private readonly CampaignMemory _memory;
    private readonly byte[][] _dictionary;
    private readonly CustomMutations _custom;
    private readonly bool _isAscii;
    private readonly Mutator[] _mutators;

    // Words of the dictionary, and behind them pairs, that the input at hand was made with.
    private readonly List<int> _applied = [];

    /// <summary>The mutators of a campaign.</summary>
    /// <param name="memory">Its memory: words, pairs, and the entries to cross with.</param>
    /// <param name="dictionary">The user's words.</param>
    /// <param name="custom">What the target brings along.</param>
    /// <param name="isAscii">True to keep inputs within printable ASCII.</param>
    /// <param name="crosses">True to cross with other entries.</param>
    public Mutations(CampaignMemory memory, IEnumerable<byte[]> dictionary, CustomMutations custom, bool isAscii = false, bool crosses = true)
    {
        _memory = memory;
        _dictionary = [.. dictionary];
        _custom = custom;
        _isAscii = isAscii;
        _mutators = Choose(_dictionary.Length > 0, custom, crosses);
    }

    /// <summary>Changes an input once.</summary>
    /// <returns>Which way.</returns>
    public Mutator Apply(ref MutatedInput input)
    {
        FuzzRandom random = _memory.Random;
        if (_memory.Header->SequenceLength == 0)
        {
            _applied.Clear();
        }

        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Mutator mutator = _mutators[random.Below(_mutators.Length)];
            if (Apply(mutator, ref input, random) && input.Length > 0)
            {
                return Finish(mutator, ref input);
            }
        }

        input.Resize(Math.Min(1, input.Limit));
        input.Bytes.Fill((byte)' ');
        return Finish(Mutator.InsertByte, ref input);
    }

    /// <summary>Changes an input as the mutators that know nothing of the target do; for mutators of the target's own.</summary>
    public void ApplyDefault(ref MutatedInput input)
    {
        Mutator mutator;
        int attempt = 0;
        do
        {
            mutator = (Mutator)_memory.Random.Below((int)Mutator.ManualDict);
        }
        while (!Apply(mutator, ref input, _memory.Random) && ++attempt < Attempts);
    }

    /// <summary>Puts the words that the input at hand was made with into the campaign's dictionary: it became an entry.</summary>
    public void PromoteWords()
    {
        foreach (int applied in _applied)
        {
            AutoDictionary.Promote(_memory, applied < Word.Most ? Word.BytesOf(_memory.Words + applied) : ComparedPair.WantedOf(_memory.Pairs + (applied - Word.Most)));
        }
    }

    private static Mutator[] Choose(bool hasDictionary, CustomMutations custom, bool crosses)
    {
        List<Mutator> chosen = [];
        if (custom.Mutate is not null)
        {
            chosen.Add(Mutator.Custom);
        }
        else
        {
            chosen.AddRange([
                Mutator.EraseBytes, Mutator.InsertByte, Mutator.InsertRepeatedBytes, Mutator.ChangeByte, Mutator.ChangeBit, Mutator.ShuffleBytes,
                Mutator.ChangeASCIIInt, Mutator.ChangeBinInt, Mutator.CopyPart, Mutator.InterestingInt, Mutator.PersAutoDict, Mutator.CMP,
            ]);
            if (hasDictionary)
            {
                chosen.Add(Mutator.ManualDict);
            }

            if (custom.Parts is not null)
            {
                chosen.Add(Mutator.TypedValue);
            }
        }

        // A target that mutates by itself is crossed only by itself, as by libFuzzer.
        if (crosses && (custom.Mutate is null || custom.CrossOver is not null))
        {
            chosen.Add(custom.CrossOver is not null ? Mutator.CustomCrossOver : Mutator.CrossOver);
        }

        return [.. chosen];
    }

    private Mutator Finish(Mutator mutator, ref MutatedInput input)
    {
        if (_isAscii)
        {
            KeepAscii(input.Bytes);
        }

        CampaignHeader* header = _memory.Header;
        header->Uses[(int)mutator]++;
        if (header->SequenceLength < CampaignHeader.LongestSequence)
        {
            header->Sequence[header->SequenceLength++] = (byte)mutator;
        }

        return mutator;
    }

    private bool Apply(Mutator mutator, ref MutatedInput input, FuzzRandom random) => mutator switch
    {
        Mutator.EraseBytes => ByteMutations.EraseBytes(ref input, random),
        Mutator.InsertByte => ByteMutations.InsertByte(ref input, random),
        Mutator.InsertRepeatedBytes => ByteMutations.InsertRepeatedBytes(ref input, random),
        Mutator.ChangeByte => ByteMutations.ChangeByte(ref input, random),
        Mutator.ChangeBit => ByteMutations.ChangeBit(ref input, random),
        Mutator.ShuffleBytes => ByteMutations.ShuffleBytes(ref input, random),
        Mutator.ChangeASCIIInt => NumberMutations.ChangeASCIIInt(ref input, random),
        Mutator.ChangeBinInt => NumberMutations.ChangeBinInt(ref input, random),
        Mutator.InterestingInt => NumberMutations.InterestingInt(ref input, random),
        Mutator.CopyPart => ByteMutations.CopyPart(ref input, random),
        Mutator.CrossOver => CrossOver.Apply(ref input, AnyEntry(random), random),
        Mutator.ManualDict => WordMutations.Apply(ref input, _dictionary[random.Below(_dictionary.Length)], random),
        Mutator.PersAutoDict => ApplyWord(ref input, random),
        Mutator.CMP => ApplyPair(ref input, random),
        Mutator.TypedValue => TypedMutations.Apply(ref input, _custom.Parts!(input.Bytes), random),
        Mutator.Custom => _custom.Mutate!(ref input, random.Next()),
        Mutator.CustomCrossOver => _custom.CrossOver!(ref input, AnyEntry(random), random.Next()),
        _ => false,
    };

    private ReadOnlySpan<byte> AnyEntry(FuzzRandom random)
    {
        int count = _memory.Header->EntryCount;
        return count == 0 ? [] : _memory.DataOf(random.Below(count));
    }

    private bool ApplyWord(ref MutatedInput input, FuzzRandom random)
    {
        int count = Math.Min(_memory.Header->WordCount, Word.Most);
        if (count == 0)
        {
            return false;
        }

        int chosen = random.Below(count);
        Word* word = _memory.Words + chosen;
        if (!WordMutations.Apply(ref input, Word.BytesOf(word), random))
        {
            return false;
        }

        word->Uses++;
        _applied.Add(chosen);
        return true;
    }

    private bool ApplyPair(ref MutatedInput input, FuzzRandom random)
    {
        int count = Math.Min(_memory.Header->PairCount, ComparedPair.Most);
        if (count == 0)
        {
            return false;
        }

        int chosen = random.Below(count);
        ComparedPair* pair = _memory.Pairs + chosen;
        if (!WordMutations.ApplyPair(ref input, ComparedPair.ObservedOf(pair), ComparedPair.WantedOf(pair), random))
        {
            return false;
        }

        _applied.Add(Word.Most + chosen);
        return true;
    }

    // Bytes outside printable ASCII become ones inside; blanks stay.
    private static void KeepAscii(Span<byte> bytes)
    {
        const byte LastAscii = 0x7F;
        foreach (ref byte value in bytes)
        {
            byte ascii = (byte)(value & LastAscii);
            value = ascii is (>= 0x20 and < LastAscii) or (byte)'\n' or (byte)'\t' or (byte)'\r' ? ascii : (byte)' ';
        }
    }
}
