using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Mutation;
using Edgewise.Fuzzing.Randomness;

namespace Edgewise.Tests.Fuzzing;

public sealed unsafe class MutationTests
{
    private static readonly CampaignSizes Sizes = new(Points: 1, ExtraFeatures: 0, InputRoom: 64, Entries: 4, Heap: 1024);

    [Fact]
    public void No_mutation_leaves_the_limit_or_an_empty_input()
    {
        using var memory = CampaignMemory.Create(Sizes, 3);
        memory.Add("a first entry, 1234 and more"u8, [1]);
        memory.Words[0].Set("word"u8);
        memory.Header->WordCount = 1;
        memory.Pairs[0].Set("1234"u8, "a longer one"u8);
        memory.Header->PairCount = 1;
        var mutations = new Mutations(memory, ["manual"u8.ToArray()], new CustomMutations());
        var used = new HashSet<Mutator>();
        byte[] room = new byte[64];
        var random = new Random(5);
        for (int i = 0; i < 200_000; i++)
        {
            int limit = random.Next(1, 64), length = random.Next(limit + 1);
            random.NextBytes(room);
            byte[] behind = room[limit..];
            var input = new MutatedInput(room, length, limit);

            used.Add(mutations.Apply(ref input));

            Assert.InRange(input.Length, 1, limit);
            Assert.Equal(behind, room[limit..]);
        }

        Assert.Equal((int)Mutator.InterestingInt + 1, used.Count);
    }

    [Fact]
    public void Only_ascii_stays_ascii()
    {
        using var memory = CampaignMemory.Create(Sizes, 3);
        var mutations = new Mutations(memory, [], new CustomMutations(), isAscii: true);
        byte[] room = new byte[64];
        var input = new MutatedInput(room, 8, 64);
        for (int i = 0; i < 10_000; i++)
        {
            mutations.Apply(ref input);

            Assert.Equal(-1, input.Bytes.IndexOfAnyExcept(System.Buffers.SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(value => (byte)value), (byte)'\n', (byte)'\t', (byte)'\r'])));
        }
    }

    [Fact]
    public void A_copied_part_is_one_of_the_input_whether_put_in_or_over()
    {
        ulong state = 1;
        var random = new FuzzRandom(&state);
        byte[] original = [.. Enumerable.Range(0, 20).Select(value => (byte)value)];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] room = new byte[40];
            original.CopyTo(room, 0);
            var input = new MutatedInput(room, original.Length, room.Length);

            Assert.True(ByteMutations.CopyPart(ref input, random));

            byte[] result = input.Bytes.ToArray();
            Assert.True(result.Length >= original.Length);
            Assert.True(IsOriginalWithCopy(original, result), Convert.ToHexString(result));
        }
    }

    [Fact]
    public void The_target_s_own_mutator_takes_the_place_of_all_others()
    {
        using var memory = CampaignMemory.Create(Sizes, 3);
        var custom = new CustomMutations((ref MutatedInput input, ulong _) =>
        {
            input.Replace("mine"u8);
            return true;
        });
        var mutations = new Mutations(memory, [], custom, crosses: false);
        for (int i = 0; i < 100; i++)
        {
            var input = new MutatedInput(new byte[8], 3, 8);

            Assert.Equal(Mutator.Custom, mutations.Apply(ref input));
            Assert.Equal("mine"u8, input.Bytes);
        }
    }

    // The copy is a run of the original somewhere, and without it (or but for it) all is as it was.
    private static bool IsOriginalWithCopy(byte[] original, byte[] result)
    {
        int grown = result.Length - original.Length;
        int prefix = result.AsSpan().CommonPrefixLength(original);
        if (grown == 0)
        {
            int suffix = 0;
            while (suffix < original.Length - prefix && result[^(suffix + 1)] == original[^(suffix + 1)])
            {
                suffix++;
            }

            return original.AsSpan().IndexOf(result.AsSpan(prefix, result.Length - prefix - suffix)) >= 0;
        }

        for (int place = 0; place <= prefix; place++)
        {
            if (result.AsSpan(place + grown).SequenceEqual(original.AsSpan(place)) && original.AsSpan().IndexOf(result.AsSpan(place, grown)) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
