using System.Runtime.InteropServices;

namespace Edgewise.Corpus.Minimization;

/// <summary>The features of many entries, numbered densely in the order of their ids, so that what is known of a feature stands in an array.</summary>
internal sealed class FeatureIndex
{
    // The features of all entries, and where those of each begin; the entries of all features likewise.
    private readonly int[] _features;
    private readonly int[] _firstFeature;
    private readonly int[] _entries;
    private readonly int[] _firstEntry;

    private FeatureIndex(int[] features, int[] firstFeature, int[] entries, int[] firstEntry)
    {
        _features = features;
        _firstFeature = firstFeature;
        _entries = entries;
        _firstEntry = firstEntry;
    }

    /// <summary>How many features there are.</summary>
    public int FeatureCount => _firstEntry.Length - 1;

    /// <summary>Numbers the features of entries.</summary>
    /// <param name="entries">The features of each entry, each once.</param>
    public static FeatureIndex Of(IReadOnlyList<ReadOnlyMemory<uint>> entries)
    {
        int[] firstFeature = new int[entries.Count + 1];
        for (int entry = 0; entry < entries.Count; entry++)
        {
            firstFeature[entry + 1] = checked(firstFeature[entry] + entries[entry].Length);
        }

        int[] features = new int[firstFeature[^1]];
        Number(entries, features, out int featureCount);
        int[] firstEntry = new int[featureCount + 1];
        foreach (int feature in features)
        {
            firstEntry[feature + 1]++;
        }

        for (int feature = 0; feature < featureCount; feature++)
        {
            firstEntry[feature + 1] += firstEntry[feature];
        }

        int[] next = firstEntry[..^1];
        int[] entriesOf = new int[features.Length];
        for (int entry = 0; entry < entries.Count; entry++)
        {
            foreach (int feature in features.AsSpan(firstFeature[entry]..firstFeature[entry + 1]))
            {
                entriesOf[next[feature]++] = entry;
            }
        }

        return new FeatureIndex(features, firstFeature, entriesOf, firstEntry);
    }

    /// <summary>The features of an entry.</summary>
    public ReadOnlySpan<int> FeaturesOf(int entry) => _features.AsSpan(_firstFeature[entry].._firstFeature[entry + 1]);

    /// <summary>The entries that cover a feature, ascending.</summary>
    public ReadOnlySpan<int> EntriesOf(int feature) => _entries.AsSpan(_firstEntry[feature].._firstEntry[feature + 1]);

    // First in the order in which they are met, since each is looked up once that way; then in the order of their ids.
    private static void Number(IReadOnlyList<ReadOnlyMemory<uint>> entries, int[] features, out int featureCount)
    {
        Dictionary<uint, int> met = [];
        int at = 0;
        foreach (ReadOnlyMemory<uint> entry in entries)
        {
            foreach (uint id in entry.Span)
            {
                ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(met, id, out bool isKnown);
                number = isKnown ? number : met.Count - 1;
                features[at++] = number;
            }
        }

        uint[] ids = [.. met.Keys];
        int[] numbers = [.. met.Values];
        Array.Sort(ids, numbers);
        int[] rank = new int[ids.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            rank[numbers[i]] = i;
        }

        foreach (ref int feature in features.AsSpan())
        {
            feature = rank[feature];
        }

        featureCount = ids.Length;
    }
}
