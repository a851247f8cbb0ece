namespace Edgewise.Corpus.Minimization;

/// <summary>Chooses few and cheap entries that cover every feature that all of them cover.</summary>
/// <remarks>
/// Features are looked at from the rarest to the most common one, as in AFL's <c>afl-cmin</c>: what only one entry covers leaves no choice, so it is decided
/// first. For a feature that nothing chosen covers yet, the entry is taken that covers the most new features for its cost (Chvátal's rule for a weighted set
/// cover, 1979). At last entries go, the most expensive first, all features of which the others cover. What is chosen does not depend on the order in which
/// entries are given: ties are decided by cost, then by name.
/// </remarks>
public static class SetCover
{
    /// <summary>Chooses entries.</summary>
    /// <param name="candidates">The entries.</param>
    /// <returns>Indices of the chosen ones, ascending by the names of the entries.</returns>
    /// <exception cref="ArgumentException">A cost is negative.</exception>
    public static IReadOnlyList<int> Choose(IReadOnlyList<CoverCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);

        // In an order of their own, so that "the first of equals" does not depend on the order in which they came.
        int[] original = [.. Enumerable.Range(0, candidates.Count)
            .OrderBy(i => candidates[i].Cost).ThenBy(i => candidates[i].Name)
            .DistinctBy(i => candidates[i].Name)];
        CoverCandidate[] sorted = [.. original.Select(i => candidates[i])];
        Check(sorted);
        FeatureIndex index = FeatureIndex.Of([.. sorted.Select(candidate => candidate.Features)]);
        int[] coveredBy = new int[index.FeatureCount];
        List<int> chosen = Cover(sorted, index, coveredBy);
        DropNeedless(chosen, index, coveredBy);
        return [.. chosen.OrderBy(entry => sorted[entry].Name).Select(entry => original[entry])];
    }

    private static List<int> Cover(CoverCandidate[] sorted, FeatureIndex index, int[] coveredBy)
    {
        List<int> chosen = [];
        foreach (int feature in Enumerable.Range(0, index.FeatureCount).OrderBy(feature => index.EntriesOf(feature).Length))
        {
            if (coveredBy[feature] > 0)
            {
                continue;
            }

            int best = Best(sorted, index, coveredBy, index.EntriesOf(feature));
            chosen.Add(best);
            foreach (int covered in index.FeaturesOf(best))
            {
                coveredBy[covered]++;
            }
        }

        return chosen;
    }

    private static int Best(CoverCandidate[] sorted, FeatureIndex index, int[] coveredBy, ReadOnlySpan<int> entries)
    {
        int best = entries[0];
        if (entries.Length == 1)
        {
            return best;
        }

        int mostNew = CountNew(index, coveredBy, best);
        foreach (int entry in entries[1..])
        {
            // new / cost > mostNew / bestCost, in whole numbers. Entries come in the order of their cost and name, so that the first of equals stays.
            int added = CountNew(index, coveredBy, entry);
            if (Weight(added, sorted[best].Cost) > Weight(mostNew, sorted[entry].Cost))
            {
                (best, mostNew) = (entry, added);
            }
        }

        return best;
    }

    // One more, so that of two entries that cost nothing the one with more new features wins.
    private static UInt128 Weight(int count, long cost) => (UInt128)(ulong)count * ((ulong)cost + 1);

    private static int CountNew(FeatureIndex index, int[] coveredBy, int entry)
    {
        int count = 0;
        foreach (int feature in index.FeaturesOf(entry))
        {
            count += coveredBy[feature] == 0 ? 1 : 0;
        }

        return count;
    }

    private static void DropNeedless(List<int> chosen, FeatureIndex index, int[] coveredBy)
    {
        foreach (int entry in chosen.OrderDescending().ToList())
        {
            bool isNeeded = false;
            foreach (int feature in index.FeaturesOf(entry))
            {
                isNeeded |= coveredBy[feature] == 1;
            }

            if (!isNeeded)
            {
                chosen.Remove(entry);
                foreach (int feature in index.FeaturesOf(entry))
                {
                    coveredBy[feature]--;
                }
            }
        }
    }

    private static void Check(CoverCandidate[] candidates)
    {
        foreach (CoverCandidate candidate in candidates)
        {
            if (candidate.Cost < 0)
            {
                throw new ArgumentException($"entry {candidate.Name} costs {candidate.Cost}; expected 0 or more", nameof(candidates));
            }
        }
    }
}
