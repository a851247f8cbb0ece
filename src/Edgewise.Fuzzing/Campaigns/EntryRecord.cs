using System.Runtime.InteropServices;
using Edgewise.Feedback;
using Edgewise.Fuzzing.Feedbacks;
using Edgewise.Fuzzing.Mutation;

namespace Edgewise.Fuzzing.Campaigns;

/// <summary>An entry of the corpus as the campaign's memory keeps it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct EntryRecord
{
    /// <summary>Rare features that an entry remembers. An entry that its mutants' rare features outnumber counts the rest as unseen.</summary>
    public const int MostLocalFeatures = 48;

    /// <summary>Where its bytes stand in the heap.</summary>
    public long DataOffset;

    /// <summary>Where the features stand that were new with it, as 32-bit numbers.</summary>
    public long FeatureOffset;

    /// <summary>The execution that found it.</summary>
    public long FoundAt;

    /// <summary>Its chance to be picked, in relation to others'.</summary>
    public ulong Weight;

    /// <summary>Its bytes.</summary>
    public int Length;

    /// <summary>Features that were new with it; 0 for one that was kept for another reason.</summary>
    public int FeatureCount;

    /// <summary>The entry that it was made of, or -1.</summary>
    public int Parent;

    /// <summary>What an execution costs; see <see cref="CostOf"/>.</summary>
    public int Cost;

    /// <summary>Mutants of it that were executed.</summary>
    public int Mutations;

    /// <summary>Mutants of it that were news.</summary>
    public int Yields;

    /// <summary>How many candidates of the compare stage were tried.</summary>
    public int Compared;

    /// <summary>Rare features in the lists below.</summary>
    public int LocalCount;

    /// <summary>Rare features that its mutants have.</summary>
    public fixed uint LocalFeatures[MostLocalFeatures];

    /// <summary>How often each was seen, at most 65,535.</summary>
    public fixed ushort LocalCounts[MostLocalFeatures];

    /// <summary>The last mutator that made it; for a seed 255.</summary>
    public Mutator Origin;

    /// <summary>1 where the input is kept as it is.</summary>
    public byte IsFixed;

    /// <summary>What an execution costs, told without a clock: the bytes of its input, and the hits of all points.</summary>
    public static int CostOf(ReadOnlySpan<byte> counters, int length)
    {
        int cost = length + 1;
        foreach (int point in new HitPlaces<byte>(counters))
        {
            cost += counters[point];
        }

        return cost;
    }
}
