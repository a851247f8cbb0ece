using Edgewise.Corpus;
using Edgewise.Corpus.Minimization;

namespace Edgewise.Tests.Corpus;

public sealed class SetCoverTests
{
    [Fact]
    public void What_only_one_entry_covers_keeps_it_and_spares_those_it_makes_needless()
    {
        CoverCandidate[] candidates = [Candidate("a", 10, 1, 2), Candidate("b", 10, 2, 3), Candidate("c", 10, 1, 2, 3, 4)];

        Assert.Equal([2], SetCover.Choose(candidates));
    }

    [Fact]
    public void Two_cheap_entries_are_better_than_a_dear_one()
    {
        CoverCandidate[] candidates = [Candidate("a", 1, 1, 2), Candidate("b", 1, 3, 4), Candidate("c", 1000, 1, 2, 3, 4)];

        Assert.Equal([0, 1], SetCover.Choose(candidates).Order());
    }

    [Fact]
    public void An_entry_that_later_ones_make_needless_is_dropped()
    {
        // The rarest features, 1 and 2, take the cheap entry; then 3 takes the cheapest that has it, which has 1 and 2 as well.
        CoverCandidate[] candidates = [Candidate("a", 1, 1, 2), Candidate("b", 5, 1, 2, 3), Candidate("c", 1000, 3), Candidate("d", 1000, 3)];

        Assert.Equal([1], SetCover.Choose(candidates));
    }

    [Fact]
    public void Copies_entries_without_features_and_empty_lists_are_no_matter()
    {
        CoverCandidate[] candidates = [Candidate("a", 3, 1), Candidate("a", 3, 1), Candidate("b", 0)];

        Assert.Single(SetCover.Choose(candidates));
        Assert.Empty(SetCover.Choose([]));
        Assert.Throws<ArgumentException>(() => SetCover.Choose([Candidate("a", -1, 1)]));
    }

    [Fact]
    public void A_cover_is_complete_without_needless_entries_and_independent_of_the_order()
    {
        var random = new Random(11);
        for (int round = 0; round < 200; round++)
        {
            int range = random.Next(1, 200);
            CoverCandidate[] candidates = [.. Enumerable.Range(0, random.Next(1, 60)).Select(i =>
                Candidate($"{round} {i}", random.Next(4), [.. Enumerable.Range(0, random.Next(12)).Select(_ => (uint)random.Next(range)).Distinct()]))];
            HashSet<uint> all = Features(candidates);

            CoverCandidate[] chosen = Chosen(candidates);

            Assert.Equal(all, Features(chosen));
            Assert.All(chosen, candidate => Assert.NotEqual(all.Count, Features(chosen.Where(other => other.Name != candidate.Name)).Count));
            random.Shuffle(candidates);
            Assert.Equal(chosen.Select(candidate => candidate.Name), Chosen(candidates).Select(candidate => candidate.Name));
        }
    }

    [Fact]
    public void A_cover_is_close_to_the_best_one()
    {
        var random = new Random(12);
        long chosenCost = 0;
        long bestCost = 0;
        for (int round = 0; round < 60; round++)
        {
            CoverCandidate[] candidates = [.. Enumerable.Range(0, 12).Select(i =>
                Candidate($"{round} {i}", random.Next(1, 20), [.. Enumerable.Range(0, 6).Select(_ => (uint)random.Next(20)).Distinct()]))];

            chosenCost += Chosen(candidates).Sum(candidate => candidate.Cost);
            bestCost += Best(candidates);
        }

        Assert.InRange((double)chosenCost / bestCost, 1, 1.1);
    }

    private static CoverCandidate[] Chosen(CoverCandidate[] candidates) => [.. SetCover.Choose(candidates).Select(index => candidates[index])];

    // By trying all.
    private static long Best(CoverCandidate[] candidates)
    {
        ulong[] bits = [.. candidates.Select(candidate => candidate.Features.ToArray().Aggregate(0UL, (mask, feature) => mask | (1UL << (int)feature)))];
        ulong all = bits.Aggregate((left, right) => left | right);
        long best = long.MaxValue;
        for (int choice = 0; choice < 1 << candidates.Length; choice++)
        {
            ulong covered = 0;
            long cost = 0;
            for (int i = 0; i < candidates.Length; i++)
            {
                if ((choice >> i & 1) != 0)
                {
                    covered |= bits[i];
                    cost += candidates[i].Cost;
                }
            }

            best = covered == all ? Math.Min(best, cost) : best;
        }

        return best;
    }

    private static HashSet<uint> Features(IEnumerable<CoverCandidate> candidates) => [.. candidates.SelectMany(candidate => candidate.Features.ToArray())];

    private static CoverCandidate Candidate(string content, long cost, params uint[] features) => new(EntryName.Of(System.Text.Encoding.UTF8.GetBytes(content)), cost, features);
}
