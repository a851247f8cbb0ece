using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Randomness;

namespace Edgewise.Fuzzing.Scheduling;

/// <summary>Chooses the entry to mutate: one whose mutants teach most about rare features is likelier.</summary>
/// <remarks>
/// Böhme, Manès, Cha: Boosting Fuzzer Efficiency: An Information Theoretic Perspective (ESEC/FSE 2020), with libFuzzer's rules: a feature is rare while it was
/// seen at most 255 times or fewer than 100 are; an entry that was mutated twenty times more than the average rests. Entropies are whole numbers of 2⁻¹⁶ bit.
/// </remarks>
internal sealed unsafe class EntropicSchedule(CampaignMemory memory)
{
    /// <summary>Seen more often, a feature is not rare any more, if there are others.</summary>
    public const int FrequencyThreshold = 255;

    /// <summary>So many features stay rare, however often they are seen…</summary>
    public const int RarestFeatures = 100;

    /// <summary>…up to this: then their counts say nothing more, and looking at each run costs time.</summary>
    public const int MostCounted = 4096;

    private const int PicksPerRefresh = 100;
    private const int MutationsPerAverage = 20;
    private const ulong CostUnit = 64;
    private const ulong MostCheapening = 16;
    private const ulong MostFavour = 4;

    // Sums of weights up to and with each entry; made of what stands in the campaign's memory, so not part of it.
    private ulong[] _sums = [];
    private int _count;

    /// <summary>Chooses an entry; there is at least one.</summary>
    public int Pick()
    {
        FuzzRandom random = memory.Random;
        CampaignHeader* header = memory.Header;
        if (random.OneIn(PicksPerRefresh) || header->AreWeightsStale != 0)
        {
            Weigh();
            header->AreWeightsStale = 0;
        }
        else if (_count != header->EntryCount)
        {
            // Another process goes on with the memory.
            Sum();
        }

        ulong total = _sums[_count - 1];
        if (total == 0)
        {
            return random.Below(_count);
        }

        int found = Array.BinarySearch(_sums, 0, _count, random.Below(total) + 1);
        found = found < 0 ? ~found : found;
        // Entries of no weight have the same sum as the one before them.
        while (found > 0 && _sums[found - 1] == _sums[found])
        {
            found--;
        }

        return found;
    }

    /// <summary>Notes that a mutant of an entry had a rare feature.</summary>
    public void Note(int entry, uint feature)
    {
        EntryRecord* record = memory.Entries + entry;
        for (int i = 0; i < record->LocalCount; i++)
        {
            if (record->LocalFeatures[i] == feature)
            {
                record->LocalCounts[i] = (ushort)Math.Min(record->LocalCounts[i] + 1, ushort.MaxValue);
                return;
            }
        }

        if (record->LocalCount < EntryRecord.MostLocalFeatures)
        {
            record->LocalFeatures[record->LocalCount] = feature;
            record->LocalCounts[record->LocalCount++] = 1;
        }
    }

    private void Weigh()
    {
        CampaignHeader* header = memory.Header;
        long average = header->Mutations / Math.Max(1, header->EntryCount);
        ulong averageCost = AverageCost();
        for (int i = 0; i < header->EntryCount; i++)
        {
            EntryRecord* entry = memory.Entries + i;
            entry->Weight = entry->FeatureCount == 0 || entry->Mutations / MutationsPerAverage > average ? 0 : Scale(Entropy(entry), (ulong)entry->Cost, averageCost);
        }

        Sum();
    }

    private ulong AverageCost()
    {
        ulong sum = 0;
        for (int i = 0; i < memory.Header->EntryCount; i++)
        {
            sum += (ulong)memory.Entries[i].Cost;
        }

        return (sum / (ulong)memory.Header->EntryCount) + 1;
    }

    // What teaches as much for less is picked more often, within the bounds of libFuzzer's and AFL's scales by time.
    private static ulong Scale(ulong energy, ulong cost, ulong average) =>
        Math.Max(1, energy * Math.Clamp(average * CostUnit / Math.Max(1, cost), CostUnit / MostCheapening, CostUnit * MostFavour) / CostUnit);

    private void Sum()
    {
        _count = memory.Header->EntryCount;
        if (_sums.Length < _count)
        {
            _sums = new ulong[Math.Max(_count, _sums.Length * 2)];
        }

        ulong sum = 0;
        for (int i = 0; i < _count; i++)
        {
            _sums[i] = sum += memory.Entries[i].Weight;
        }
    }

    private ulong Entropy(EntryRecord* entry)
    {
        ulong logs = 0, incidence = 0;
        int kept = 0;
        for (int i = 0; i < entry->LocalCount; i++)
        {
            uint feature = entry->LocalFeatures[i];
            if (RareFeatures.IsAbundant(memory, feature))
            {
                continue;
            }

            entry->LocalFeatures[kept] = feature;
            entry->LocalCounts[kept++] = entry->LocalCounts[i];
            ulong seen = entry->LocalCounts[i] + 1UL;
            logs += seen * FixedLogarithm.Log2(seen);
            incidence += seen;
        }

        entry->LocalCount = kept;
        incidence += (ulong)Math.Max(0, memory.Header->RareCount - kept);
        ulong mutations = (ulong)entry->Mutations + 1;
        logs += mutations * FixedLogarithm.Log2(mutations);
        incidence += mutations;
        ulong most = FixedLogarithm.Log2(incidence);
        ulong less = logs / incidence;
        return most > less ? most - less : 1;
    }
}
