using System.Numerics;
using Edgewise.Feedback;
using Edgewise.Fuzzing.Campaigns;

namespace Edgewise.Fuzzing.Scheduling;

/// <summary>Which features are seldom seen; all others need no look at all.</summary>
internal static unsafe class RareFeatures
{
    private const byte Seen = 1;
    private const byte NotRare = 2;

    /// <summary>True for a feature that is not rare any more.</summary>
    public static bool IsAbundant(CampaignMemory memory, uint feature)
    {
        int extra = memory.Header->Sizes.ExtraFeatures;
        if (feature < (uint)extra)
        {
            return memory.ExtraSeen[feature] == NotRare;
        }

        uint place = feature - (uint)extra;
        return (memory.Abundant[place / CampaignSizes.ClassesPerPoint] & (1 << (int)(place % CampaignSizes.ClassesPerPoint))) != 0;
    }

    /// <summary>True for a feature that was seen before.</summary>
    public static bool IsSeen(CampaignMemory memory, uint feature)
    {
        int extra = memory.Header->Sizes.ExtraFeatures;
        if (feature < (uint)extra)
        {
            return memory.ExtraSeen[feature] != 0;
        }

        uint place = feature - (uint)extra;
        return (memory.History[place / CampaignSizes.ClassesPerPoint] & (1 << (int)(place % CampaignSizes.ClassesPerPoint))) != 0;
    }

    /// <summary>Remembers a feature that was not seen before.</summary>
    public static void Add(CampaignMemory memory, uint feature)
    {
        CampaignHeader* header = memory.Header;
        header->FeatureCount++;
        header->RareCount++;
        int extra = header->Sizes.ExtraFeatures;
        if (feature < (uint)extra)
        {
            memory.ExtraSeen[feature] = Seen;
            return;
        }

        uint place = feature - (uint)extra;
        byte* history = memory.History + (place / CampaignSizes.ClassesPerPoint);
        header->CoveredCount += *history == 0 ? 1 : 0;
        *history |= (byte)(1 << (int)(place % CampaignSizes.ClassesPerPoint));
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
        int extra = header->Sizes.ExtraFeatures;
        if (feature < (uint)extra)
        {
            memory.ExtraSeen[feature] = NotRare;
            return;
        }

        uint place = feature - (uint)extra;
        memory.Abundant[place / CampaignSizes.ClassesPerPoint] |= (byte)(1 << (int)(place % CampaignSizes.ClassesPerPoint));
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
}
