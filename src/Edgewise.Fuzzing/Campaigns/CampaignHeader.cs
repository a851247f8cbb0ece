using System.Runtime.InteropServices;

namespace Edgewise.Fuzzing.Campaigns;

/// <summary>The numbers of a campaign, at the front of its memory.</summary>
/// <remarks>
/// Written by the engine only; read by whoever watches. While <see cref="IsInTarget"/> is set all of the memory is as it was when the target was called:
/// a process that dies there leaves a state from which another goes on.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CampaignHeader
{
    public const int MutatorCount = 18;
    public const int LongestSequence = 16;

    /// <summary>Tells the format and its version.</summary>
    public ulong Magic;

    /// <summary>Sizes from which all places follow; see <see cref="CampaignLayout"/>.</summary>
    public CampaignSizes Sizes;

    /// <summary>Tells the build of the target and the options; a campaign of others cannot be gone on with.</summary>
    public ulong Identity;

    /// <summary>State of the source of chance.</summary>
    public ulong Random;

    /// <summary>Executions so far, those of both images.</summary>
    public long Executions;

    /// <summary>Of these, executions of the compares image.</summary>
    public long CompareExecutions;

    /// <summary>Executions that ended by an exception that the target expects.</summary>
    public long Rejections;

    /// <summary>Executions that showed a finding, known or not.</summary>
    public long Crashes;

    /// <summary>Sum of the lengths of all inputs.</summary>
    public long ExecutedBytes;

    /// <summary>The execution that last added to the corpus.</summary>
    public long LastNews;

    /// <summary>The execution that last covered a point that no other had.</summary>
    public long LastNewPoint;

    /// <summary>The execution at which mutators were last allowed longer inputs.</summary>
    public long LastGrowth;

    /// <summary>Entries that were picked so far.</summary>
    public long Picks;

    /// <summary>1 while the target runs.</summary>
    public int IsInTarget;

    /// <summary>1 while the compares image is the one that runs.</summary>
    public int IsCompares;

    /// <summary>Bytes of the input in flight, which stands in the room for it.</summary>
    public int InputLength;

    /// <summary>The entry that it was made of, -1 for none.</summary>
    public int BaseEntry;

    /// <summary>Mutators applied to it, in order.</summary>
    public int SequenceLength;

    /// <summary>See <see cref="SequenceLength"/>.</summary>
    public fixed byte Sequence[LongestSequence];

    /// <summary>The longest input that mutators make at present.</summary>
    public int LengthLimit;

    /// <summary>Entries, replaced and dropped ones too: an entry keeps its number.</summary>
    public int EntryCount;

    /// <summary>Bytes of the heap that are taken.</summary>
    public long HeapUsed;

    /// <summary>Features seen.</summary>
    public int FeatureCount;

    /// <summary>Points seen.</summary>
    public int CoveredCount;

    /// <summary>Features that are seen and rare.</summary>
    public int RareCount;

    /// <summary>Points that are masked as unstable.</summary>
    public int UnstableCount;

    /// <summary>Mutations that were executed of all entries.</summary>
    public long Mutations;

    /// <summary>1 where the weights of entries have to be computed anew.</summary>
    public int AreWeightsStale;

    /// <summary>The next entry that the compare stage goes through again.</summary>
    public int NextComparedEntry;

    /// <summary>The first entry that the compare stage never saw.</summary>
    public int FirstUncompared;

    /// <summary>The execution at which its last round began.</summary>
    public long LastRound;

    /// <summary>Rounds that the compare stage went through the corpus.</summary>
    public int CompareRound;

    /// <summary>Words of the dictionary that the campaign made.</summary>
    public int WordCount;

    /// <summary>Pairs of what was compared lately: how many were ever stored.</summary>
    public int PairCount;

    /// <summary>How often each mutator was applied.</summary>
    public fixed long Uses[MutatorCount];

    /// <summary>How often what it was part of was news.</summary>
    public fixed long Yields[MutatorCount];

    /// <summary>Bytes of all entries.</summary>
    public long EntryBytes;

    /// <summary>Bytes of the longest entry.</summary>
    public int LongestEntry;
}
