using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Execution;

namespace Edgewise.Tests.Fuzzing;

[Collection(nameof(Edgewise.Fuzzing.Guidance.CompareLog))]
public sealed unsafe class CampaignTests
{
    private const int Points = 8;

    private static readonly CampaignOptions Blind = new() { Seed = 7, Runs = 20_000, UsesCompares = false, StabilityRuns = 3 };

    private static SyntheticTarget Letters() => new(Points, (target, input) =>
    {
        target.Count(0);
        if (target.Count(1, input.Length > 0 && input[0] == 'F') && target.Count(2, input.Length > 1 && input[1] == 'U') && target.Count(3, input.Length > 2 && input[2] == 'Z'))
        {
            throw new InvalidOperationException("found");
        }
    });

    [Fact]
    public void Letters_behind_one_another_are_found_by_their_edges()
    {
        using var run = new SyntheticCampaign(Letters(), Blind with { Runs = 2_000_000 }, Points);

        run.Campaign.Begin();
        run.Campaign.Run();

        Assert.Equal("FUZ"u8, Assert.Single(run.Crashes).AsSpan(0, 3));
    }

    [Fact]
    public void An_input_that_runs_out_of_memory_only_when_it_is_run_again_is_told_as_that()
    {
        int runs = 0;
        var target = new SyntheticTarget(Points, (target, input) =>
        {
            target.Count(0);
            if (++runs == 2)
            {
                throw new InsufficientMemoryException();
            }
        });
        using var run = new SyntheticCampaign(target, Blind, Points);

        run.Campaign.AddSeed("seed"u8);

        Assert.Equal([RunEnd.OutOfMemory], run.Ends);
    }

    [Fact]
    public void The_same_seed_leaves_the_same_memory()
    {
        using var first = new SyntheticCampaign(Letters(), Blind, Points);
        using var second = new SyntheticCampaign(Letters(), Blind, Points);
        using var other = new SyntheticCampaign(Letters(), Blind with { Seed = 8 }, Points);

        foreach (SyntheticCampaign run in (SyntheticCampaign[])[first, second, other])
        {
            run.Campaign.Begin();
            run.Campaign.Run();
        }

        Assert.True(first.Memory.Bytes.SequenceEqual(second.Memory.Bytes));
        Assert.False(first.Memory.Bytes.SequenceEqual(other.Memory.Bytes));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_campaign_that_is_restored_does_what_one_that_was_never_killed_does(bool usesCompares)
    {
        CampaignOptions options = Blind with { UsesCompares = usesCompares, IgnoresCrashes = true };
        using var whole = new SyntheticCampaign(Letters(), options, Points);
        whole.Campaign.Begin();
        byte[] saved = [];
        while (!whole.Campaign.IsOver)
        {
            whole.Campaign.Step();
            saved = saved.Length == 0 && whole.Memory.Header->Executions >= 10_000 ? whole.Memory.Bytes.ToArray() : saved;
        }

        using var restored = new SyntheticCampaign(Letters(), options, Points, CampaignMemory.Restore(saved)!);
        restored.Campaign.Run();

        Assert.Equal(options.Runs, restored.Memory.Header->Executions);
        Assert.True(whole.Memory.Bytes.SequenceEqual(restored.Memory.Bytes));
    }

    [Fact]
    public void Points_that_differ_from_run_to_run_are_masked_and_make_no_entries()
    {
        int runs = 0;
        var target = new SyntheticTarget(Points, (self, _) =>
        {
            self.Count(0);
            self.Count(1, ++runs % 3 == 0);
        });
        using var run = new SyntheticCampaign(target, Blind, Points);

        run.Campaign.Begin();
        run.Campaign.Run();

        Assert.Equal(1, run.Memory.Header->UnstableCount);
        Assert.Single(run.Entries());
    }

    [Fact]
    public void An_entry_is_replaced_by_a_shorter_input_that_has_all_that_was_new_with_it()
    {
        var target = new SyntheticTarget(Points, (self, input) =>
        {
            self.Count(0);
            self.Count(1, input.Contains((byte)'x'));
        });
        using var run = new SyntheticCampaign(target, Blind, Points);

        run.Campaign.AddSeed("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaax"u8);
        run.Campaign.Begin();
        run.Campaign.Run();

        Assert.True(run.Reductions > 0);
        Assert.Contains(run.Entries(), entry => entry.AsSpan().SequenceEqual("x"u8));
    }

    [Fact]
    public void An_exception_that_is_an_answer_is_no_crash()
    {
        var target = new SyntheticTarget(Points, (self, _) =>
        {
            self.Count(0);
            throw new FormatException();
        });
        using var run = new SyntheticCampaign(target, Blind with { Runs = 100 }, Points);

        run.Campaign.Begin();
        run.Campaign.Run();

        Assert.Empty(run.Crashes);
        Assert.Equal(100, run.Memory.Header->Rejections);
    }

    [Fact]
    public void It_ends_after_just_as_many_executions_as_were_asked_for()
    {
        using var run = new SyntheticCampaign(Letters(), Blind with { Runs = 777 }, Points);

        run.Campaign.Begin();
        run.Campaign.Run();

        Assert.Equal(777, run.Memory.Header->Executions);
    }

    [Fact]
    public void No_entry_starves()
    {
        var target = new SyntheticTarget(64, (self, input) => self.Count(input.Length == 0 ? 0 : input[0] % 64));
        using var run = new SyntheticCampaign(target, Blind with { Runs = 100_000 }, 64);

        run.Campaign.Begin();
        run.Campaign.Run();

        for (int i = 0; i < run.Memory.Header->EntryCount; i++)
        {
            Assert.True(run.Memory.Entries[i].Mutations > 0, $"entry {i} of {run.Memory.Header->EntryCount} was never picked");
        }
    }

    [Fact]
    public void A_constant_of_four_bytes_is_found_by_what_is_compared()
    {
        var target = new SyntheticTarget(Points, (self, input) =>
        {
            self.Count(0);
            if (self.Count(1, input.Length >= 4) && self.Equal(site: 1, point: 2, 0xCAFEBABE, BitConverter.ToUInt32(input)))
            {
                throw new InvalidOperationException();
            }
        });
        using var run = new SyntheticCampaign(target, Blind with { UsesCompares = true, Runs = 5000 }, Points);

        run.Campaign.AddSeed("abcdefgh"u8);
        run.Campaign.Begin();
        run.Campaign.Run();

        Assert.Equal([0xBE, 0xBA, 0xFE, 0xCA], Assert.Single(run.Crashes)[..4]);
        Assert.True(run.Memory.Header->Executions < 100);
    }
}
