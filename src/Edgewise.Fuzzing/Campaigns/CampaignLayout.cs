using Edgewise.Fuzzing.Dictionaries;

namespace Edgewise.Fuzzing.Campaigns;

/// <summary>Where each part of a campaign's memory stands, from its sizes alone.</summary>
internal readonly unsafe struct CampaignLayout
{
    // Vectors read whole lines.
    private const int Line = 64;

    public CampaignLayout(CampaignSizes sizes)
    {
        long end = Line * 64;
        Input = Take(ref end, sizes.InputRoom);
        History = Take(ref end, sizes.Points);
        Abundant = Take(ref end, sizes.Points);
        ExtraSeen = Take(ref end, sizes.ExtraFeatures);
        Frequencies = Take(ref end, (long)sizes.Features * sizeof(ushort));
        Words = Take(ref end, (long)Word.Most * sizeof(Word));
        Pairs = Take(ref end, (long)ComparedPair.Most * sizeof(ComparedPair));
        Attempts = Take(ref end, CampaignMemory.Sites);
        Sweeps = Take(ref end, CampaignMemory.Sites);
        Entries = Take(ref end, (long)sizes.Entries * sizeof(EntryRecord));
        Heap = Take(ref end, sizes.Heap);
        Size = end;
    }

    public long Input { get; }

    public long History { get; }

    public long Abundant { get; }

    public long ExtraSeen { get; }

    public long Frequencies { get; }

    public long Words { get; }

    public long Pairs { get; }

    public long Attempts { get; }

    public long Sweeps { get; }

    public long Entries { get; }

    public long Heap { get; }

    public long Size { get; }

    private static long Take(ref long end, long size)
    {
        long start = end;
        end += (size + Line - 1) / Line * Line;
        return start;
    }
}
