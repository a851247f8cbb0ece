using Edgewise.Corpus.Merging;
using Edgewise.Feedback;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Execution;
using Edgewise.Fuzzing.Feedbacks;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Scheduling;

namespace Edgewise.Fuzzing.Tools;

/// <summary>Runs the inputs of a merge. Features are numbered as libFuzzer does: eight for each point, one a hit-count class.</summary>
/// <remarks>An input that the target throws at covers nothing, so that no corpus gets it: libFuzzer's merge dies of it, and leaves it out too.</remarks>
internal sealed unsafe class MergeExecutor(CampaignMemory memory, Executor executor) : IMergeExecutor
{
    /// <summary>What the last input showed; null where that was no finding.</summary>
    public Finding? Finding { get; private set; }

    /// <inheritdoc/>
    public void Execute(ReadOnlySpan<byte> input, ICollection<uint> features, ICollection<uint> points)
    {
        input.CopyTo(new Span<byte>(memory.Input, input.Length));
        RunEnd end = executor.Run(input.Length);
        Finding = end >= RunEnd.Crashed ? FindingOf.Exception(end, executor.Thrown!, []) : null;
        if (Finding is not null)
        {
            return;
        }

        executor.Counting.Refresh();
        ReadOnlySpan<byte> counters = executor.Counting.Counters;
        foreach (int point in new HitPlaces<byte>(counters))
        {
            features.Add(RareFeatures.OfPoint(0, point, counters[point]));
            points.Add((uint)point);
        }
    }
}
