using System.Numerics;
using Edgewise.Feedback;
using Edgewise.Fuzzing.Campaigns;

namespace Edgewise.Fuzzing.Scheduling;

/// <summary>Which features are seldom seen; all others need no look at all.</summary>
internal static unsafe class RareFeatures
{
    /// <summary>In <see cref="CampaignMemory.ExtraSeen"/>: a feature that is not rare any more.</summary>
    public const byte NotRare = 2;

    private const byte Seen = 1;

    /// <summary>True for a feature that is not rare any more.</summary>
    public static bool IsAbundant(CampaignMemory memory, uint feature) => IsOfPoint(memory, feature, out uint point, out byte hitClass)
        ? (memory.Abundant[point] & hitClass) != 0
        : memory.ExtraSeen[feature] == NotRare;

    /// <summary>True for a feature that was seen before.</summary>
    public static bool IsSeen(CampaignMemory memory, uint feature) => IsOfPoint(memory, feature, out uint point, out byte hitClass)
        ? (memory.History[point] & hitClass) != 0
        : memory.ExtraSeen[feature] != 0;

    /// <summary>Remembers a feature that was not seen before.</summary>
    public static void Add(CampaignMemory memory, uint feature)
    {
        CampaignHeader* header = memory.Header;
        header->FeatureCount++;
        header->RareCount++;
        if (!IsOfPoint(memory, feature, out uint point, out byte hitClass))
        {
            memory.ExtraSeen[feature] = Seen;
            return;
        }

        byte* history = memory.History + point;
        if (*history == 0)
        {
            header->CoveredCount++;
            header->LastNewPoint = header->Executions;
        }

        *history |= hitClass;
    }

    /// <summary>Counts a feature that was seen before and is rare; it may cease to be.</summary>
    public static void Count(CampaignMemory memory, uint feature)
    {
        ushort* frequency = memory.Frequencies + feature;
        if (*frequency < ushort.MaxValue)
        {
            ++*frequency;
        }

        CampaignHeader* header = memory.Header;
        if (*frequency <= EntropicSchedule.FrequencyThreshold || (header->RareCount <= EntropicSchedule.RarestFeatures && *frequency < EntropicSchedule.MostCounted))
        {
            return;
        }

        header->RareCount--;
        if (IsOfPoint(memory, feature, out uint point, out byte hitClass))
        {
            memory.Abundant[point] |= hitClass;
        }
        else
        {
            memory.ExtraSeen[feature] = NotRare;
        }
    }

    /// <summary>Masks a point, so that nothing is ever new there.</summary>
    public static void Mask(CampaignMemory memory, int point)
    {
        CampaignHeader* header = memory.Header;
        byte seen = memory.History[point];
        if (seen == byte.MaxValue && memory.Abundant[point] == byte.MaxValue)
        {
            return;
        }

        header->UnstableCount++;
        header->CoveredCount -= seen != 0 ? 1 : 0;
        header->FeatureCount -= BitOperations.PopCount(seen);
        header->RareCount -= BitOperations.PopCount((uint)(seen & ~memory.Abundant[point]));
        memory.History[point] = byte.MaxValue;
        memory.Abundant[point] = byte.MaxValue;
    }

    /// <summary>The feature of a point with a counter that is not zero.</summary>
    public static uint OfPoint(int extraFeatures, int point, byte counter) =>
        (uint)(extraFeatures + (point * CampaignSizes.ClassesPerPoint) + BitOperations.Log2(HitCountClasses.Of(counter)));

    // False for a feature that is no hit-count class of a point.
    private static bool IsOfPoint(CampaignMemory memory, uint feature, out uint point, out byte hitClass)
    {
        uint extra = (uint)memory.Header->Sizes.ExtraFeatures;
        uint place = feature - extra;
        point = place / CampaignSizes.ClassesPerPoint;
        hitClass = (byte)(1 << (int)(place % CampaignSizes.ClassesPerPoint));
        return feature >= extra;
    }
}
