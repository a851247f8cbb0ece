using Edgewise.Fuzzing.Campaigns;

namespace Edgewise.Fuzzing.Running;

/// <summary>Reads how far a campaign is from its memory, also while it goes on.</summary>
internal static unsafe class StatusReader
{
    /// <summary>As of now.</summary>
    public static CampaignStatus Read(CampaignMemory memory)
    {
        CampaignHeader* header = memory.Header;
        long executions = header->Executions;
        return new CampaignStatus
        {
            Executions = executions,
            Covered = header->CoveredCount,
            Points = header->Sizes.Points,
            Features = header->FeatureCount,
            Entries = header->EntryCount,
            EntryBytes = header->EntryBytes,
            LengthLimit = header->LengthLimit,
            LongestEntry = header->LongestEntry,
            Unstable = header->UnstableCount,
            Rejections = header->Rejections,
            Crashes = header->Crashes,
            CompareExecutions = header->CompareExecutions,
            MeanLength = executions == 0 ? 0 : (double)header->ExecutedBytes / executions,
            LastNews = header->LastNews,
        };
    }

    /// <summary>The mutators that made the input in flight, or the last one.</summary>
    public static List<string> Mutations(CampaignMemory memory)
    {
        List<string> names = [];
        for (int i = 0; i < memory.Header->SequenceLength; i++)
        {
            names.Add(((Mutation.Mutator)memory.Header->Sequence[i]).ToString());
        }

        return names;
    }

    /// <summary>The dictionary that the campaign made of what the target compares.</summary>
    public static List<RecommendedWord> Words(CampaignMemory memory)
    {
        List<RecommendedWord> words = [];
        for (int i = 0; i < memory.Header->WordCount; i++)
        {
            words.Add(new RecommendedWord(Dictionaries.Word.BytesOf(memory.Words + i).ToArray(), memory.Words[i].Uses));
        }

        return words;
    }

    /// <summary>What each mutator that was used was good for.</summary>
    public static List<StageYield> Stages(CampaignMemory memory)
    {
        List<StageYield> stages = [];
        for (int i = 0; i < CampaignHeader.MutatorCount; i++)
        {
            if (memory.Header->Uses[i] > 0 || memory.Header->Yields[i] > 0)
            {
                stages.Add(new StageYield(((Mutation.Mutator)i).ToString(), memory.Header->Uses[i], memory.Header->Yields[i]));
            }
        }

        return stages;
    }
}
