using Edgewise.Fuzzing.Campaigns;

namespace Edgewise.Fuzzing.Dictionaries;

/// <summary>The words that a campaign makes itself: of what the target compares, those that were part of an input that became an entry.</summary>
internal static unsafe class AutoDictionary
{
    private const int Shortest = 2;

    /// <summary>Takes a word in that made an entry, or counts it once more.</summary>
    public static void Promote(CampaignMemory memory, ReadOnlySpan<byte> word)
    {
        CampaignHeader* header = memory.Header;
        if (word.Length is < Shortest or > Word.MostBytes || word.IndexOfAnyExcept(word[0]) < 0)
        {
            return;
        }

        for (int i = 0; i < header->WordCount; i++)
        {
            if (Word.BytesOf(memory.Words + i).SequenceEqual(word))
            {
                memory.Words[i].Yields++;
                return;
            }
        }

        if (header->WordCount < Word.Most)
        {
            Word* added = memory.Words + header->WordCount++;
            *added = default;
            added->Set(word);
            added->Yields = 1;
        }
    }
}
