using System.Text;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Dictionaries;
using Edgewise.Fuzzing.Guidance;
using Edgewise.Runtime.Trace;

namespace Edgewise.Tests.Fuzzing;

[Collection(nameof(CompareLog))]
public sealed unsafe class GuidanceTests
{
    private const int Points = 12;

    private static readonly CampaignOptions Guided = new() { Seed = 7, Runs = 100_000, UsesCompares = true, StabilityRuns = 2 };

    // Three lines "key=value", each of which matters only with the others.
    private static void ReadLines(SyntheticTarget target, ReadOnlySpan<byte> input)
    {
        bool isDeep = false, isWide = false;
        target.Count(0);
        for (ReadOnlySpan<byte> rest = input; !rest.IsEmpty;)
        {
            int end = Search(1, rest, (byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            int equals = Search(2, line, (byte)'=');
            if (target.Count(1, equals >= 0))
            {
                ReadOnlySpan<byte> key = line[..equals], value = line[(equals + 1)..];
                isDeep |= target.Count(2, Same(3, key, "depth"u8)) && Same(4, value, "abyssal"u8);
                isWide |= target.Count(3, Same(5, key, "width"u8)) && Same(6, value, "endless"u8);
            }
        }

        if (isDeep && target.Count(4, isWide))
        {
            throw new InvalidOperationException("found");
        }
    }

    // Commands of one byte: 'p' with a number behind it pushes, 'k' keeps, '!' asks for what was kept.
    private static void RunCommands(SyntheticTarget target, ReadOnlySpan<byte> input)
    {
        uint pushed = 0, kept = 0;
        target.Count(0);
        for (int i = 0; i < input.Length; i++)
        {
            switch (input[i])
            {
                case (byte)'p' when i + 1 < input.Length:
                    target.Count(1);
                    pushed += input[++i] * 3u;
                    break;
                case (byte)'k':
                    kept = pushed;
                    break;
                case (byte)'!':
                    target.Count(2);
                    if (target.Equal(7, 3, 507, kept))
                    {
                        throw new InvalidOperationException("found");
                    }

                    break;
                default:
                    return;
            }
        }
    }

    private static int Search(int site, ReadOnlySpan<byte> text, byte wanted)
    {
        int found = text.IndexOf(wanted);
        Compare(site, found < 0 ? text : text[found..], [wanted]);
        return found;
    }

    private static bool Same(int site, ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted)
    {
        Compare(site, text, wanted);
        return text.SequenceEqual(wanted);
    }

    private static void Compare(int site, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        fixed (byte* first = left, second = right)
        {
            CompareLog.TraceCompareBytes(first, left.Length, second, right.Length, site);
        }
    }

    private static SyntheticCampaign Run(Action<SyntheticTarget, ReadOnlySpan<byte>> body, string seed, CampaignOptions? options = null)
    {
        var run = new SyntheticCampaign(new SyntheticTarget(Points, body), options ?? Guided, Points);
        run.Campaign.AddSeed(Encoding.ASCII.GetBytes(seed));
        run.Campaign.Begin();
        run.Campaign.Run();
        return run;
    }

    [Fact]
    public void Records_that_matter_only_together_are_put_into_one_input()
    {
        using SyntheticCampaign run = Run(ReadLines, "depth=abyssal\n");

        string found = Encoding.ASCII.GetString(Assert.Single(run.Crashes));
        Assert.Contains("depth=abyssal\n", found, StringComparison.Ordinal);
        Assert.Contains("width=endless", found, StringComparison.Ordinal);
        Assert.True(run.Memory.Header->Executions < 10_000, $"{run.Memory.Header->Executions} executions");
    }

    [Fact]
    public void A_separator_is_found_a_few_times_and_not_for_ever()
    {
        using SyntheticCampaign run = Run(
            (target, input) =>
            {
                target.Count(0);
                for (ReadOnlySpan<byte> rest = input; Search(1, rest, (byte)';') is >= 0 and int found;)
                {
                    rest = rest[(found + 1)..];
                }
            },
            "abcdefgh",
            Guided with { Runs = 200 });

        Assert.True(run.Memory.Header->CompareExecutions < 100, $"{run.Memory.Header->CompareExecutions} executions of the compares image");
    }

    [Fact]
    public void A_command_that_nothing_asks_for_is_put_where_it_changes_what_is_compared()
    {
        using SyntheticCampaign run = Run(RunCommands, "pA!");

        byte[] found = Assert.Single(run.Crashes);
        Assert.Contains((byte)'k', found);
        Assert.True(run.Memory.Header->Executions < 50_000, $"{run.Memory.Header->Executions} executions");
    }

    [Fact]
    public void A_byte_that_chooses_a_callee_gets_all_values()
    {
        nuint[] table = [CalleeOf(First), CalleeOf(Second), CalleeOf(Third)];
        Action<SyntheticTarget, ReadOnlySpan<byte>> body = (target, input) =>
        {
            target.Count(0);
            int chosen = input.IsEmpty ? 0 : input[0] switch { 77 => 1, 201 => 2, _ => 0 };
            CompareLog.TracePcIndir(table[chosen], site: 1);
        };

        using SyntheticCampaign run = Run(body, "ab");

        Assert.Contains(run.Entries(), entry => entry.Length > 0 && entry[0] == 77);
        Assert.Contains(run.Entries(), entry => entry.Length > 0 && entry[0] == 201);
    }

    [Fact]
    public void Pairs_of_a_call_and_a_callee_are_new_once()
    {
        using CampaignMemory memory = CampaignMemory.Create(new CampaignSizes(Points, CalledPairs.Features, 256, 4, 64), 1);
        CompareLog.Reset();
        CompareLog.TracePcIndir(CalleeOf(First), site: 1);
        CompareLog.TracePcIndir(CalleeOf(First), site: 1);
        CompareLog.TracePcIndir(CalleeOf(Second), site: 1);
        CompareLog.TracePcIndir(CalleeOf(First), site: 2);

        uint[] found = CalledPairs.FindNew(memory);
        CalledPairs.Remember(memory, found);

        Assert.Equal(3, found.Length);
        Assert.Empty(CalledPairs.FindNew(memory));
        CompareLog.Reset();
        Assert.False(CalledPairs.HasAny);
    }

    [Fact]
    public void A_word_that_made_an_entry_is_kept_for_mutators_and_told_how_often()
    {
        using SyntheticCampaign run = Run(
            (target, input) =>
            {
                target.Count(0);
                target.Count(1, input.Length > 6 && Same(1, input[2..7], "token"u8));
            },
            "..ABCDE..",
            Guided with { Runs = 500 });

        Word* word = Assert.Single(WordsOf(run.Memory), word => Word.BytesOf((Word*)word).SequenceEqual("token"u8)) is var kept ? (Word*)kept : null;
        Assert.True(word->Yields >= 1);
    }

    [Fact]
    public void Words_are_promoted_once_and_neither_short_nor_of_one_byte_only()
    {
        using CampaignMemory memory = CampaignMemory.Create(new CampaignSizes(Points, 0, 256, 4, 64), 1);

        foreach (string word in (string[])["key", "k", "zzzz", "key", "value", "key"])
        {
            AutoDictionary.Promote(memory, Encoding.ASCII.GetBytes(word));
        }

        Assert.Equal(["key", "value"], WordsOf(memory).Select(word => Encoding.ASCII.GetString(Word.BytesOf((Word*)word))));
        Assert.Equal([3, 1], WordsOf(memory).Select(word => ((Word*)word)->Yields));
    }

    [Fact]
    public void More_words_than_there_is_room_for_leave_the_first_ones()
    {
        using CampaignMemory memory = CampaignMemory.Create(new CampaignSizes(Points, 0, 256, 4, 64), 1);

        for (int i = 0; i < Word.Most + 10; i++)
        {
            AutoDictionary.Promote(memory, Encoding.ASCII.GetBytes($"word{i}"));
        }

        Assert.Equal(Word.Most, memory.Header->WordCount);
        Assert.Equal("word1023"u8, Word.BytesOf(memory.Words + Word.Most - 1));
    }

    private static nint[] WordsOf(CampaignMemory memory)
    {
        nint[] words = new nint[memory.Header->WordCount];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = (nint)(memory.Words + i);
        }

        return words;
    }

    // As instrumented code names it.
    private static nuint CalleeOf(Action method) => CalledCode.OfDelegate(method).Handle;

    private static void First()
    {
    }

    private static void Second()
    {
    }

    private static void Third()
    {
    }
}
