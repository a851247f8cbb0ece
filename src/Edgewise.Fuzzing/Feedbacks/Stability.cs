using Edgewise.Feedback;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Scheduling;

namespace Edgewise.Fuzzing.Feedbacks;

/// <summary>Finds the points that are not the same each time that an input is run.</summary>
internal static class Stability
{
    /// <summary>Masks the points whose hit-count classes differ between two executions of an input.</summary>
    public static void MaskDifferences(CampaignMemory memory, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int common = Math.Min(first.Length, second.Length);
        for (int point = first[..common].CommonPrefixLength(second); point < common;)
        {
            if (HitCountClasses.Of(first[point]) != HitCountClasses.Of(second[point]))
            {
                RareFeatures.Mask(memory, point);
            }

            point++;
            point += first[point..common].CommonPrefixLength(second[point..]);
        }
    }
}
