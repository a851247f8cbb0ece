using Edgewise.Corpus.Minimization;

namespace Edgewise.Corpus.Merging;

/// <summary>Chooses the files that a corpus lacks, by the rules of libFuzzer.</summary>
internal sealed class MergeSelection
{
    private readonly IReadOnlyList<MergeFile> _files;
    private readonly FeatureIndex _index;
    private readonly bool[] _covered;
    private readonly List<MergeFile> _chosen = [];
    private int _newFeatures;

    private MergeSelection(IReadOnlyList<MergeFile> files, int firstCorpusCount)
    {
        _files = files;
        _index = FeatureIndex.Of([.. files.Select(file => (ReadOnlyMemory<uint>)file.FeatureIds)]);
        _covered = new bool[_index.FeatureCount];
        for (int file = 0; file < firstCorpusCount; file++)
        {
            Cover(file);
        }

        _newFeatures = 0;
    }

    /// <summary>Chooses.</summary>
    /// <returns>The files in the order in which they were chosen, and how many features and points they add.</returns>
    public static (IReadOnlyList<MergeFile> Files, int Features, int Points) Choose(IReadOnlyList<MergeFile> firstCorpus, IReadOnlyList<MergeFile> others, MergeMode mode)
    {
        var selection = new MergeSelection([.. firstCorpus, .. others], firstCorpus.Count);
        IEnumerable<int> candidates = Enumerable.Range(firstCorpus.Count, others.Count);
        if (mode == MergeMode.SetCover)
        {
            selection.ChooseMostFirst(candidates);
        }
        else
        {
            selection.ChooseSmallestFirst(candidates);
        }

        HashSet<uint> points = [.. selection._chosen.SelectMany(file => file.Points)];
        points.ExceptWith(firstCorpus.SelectMany(file => file.Points));
        return (selection._chosen, selection._newFeatures, points.Count);
    }

    private void ChooseSmallestFirst(IEnumerable<int> candidates)
    {
        foreach (int file in candidates.Select(file => (File: file, New: CountNew(file))).Where(file => file.New > 0)
            .OrderBy(file => _files[file.File].Size).ThenByDescending(file => file.New).Select(file => file.File))
        {
            if (CountNew(file) > 0)
            {
                Take(file);
            }
        }
    }

    private void ChooseMostFirst(IEnumerable<int> candidates)
    {
        // How many features a file adds only ever falls: so a number from an earlier round is a bound, and one that is up to date and still the highest wins.
        var queue = new PriorityQueue<int, (int FewerNew, long Size, int Index)>(candidates.Select(Ranked).Where(file => file.Priority.FewerNew < 0));
        while (queue.TryDequeue(out int file, out (int FewerNew, long Size, int Index) priority))
        {
            (int, (int FewerNew, long, int) Priority) now = Ranked(file);
            if (now.Priority.FewerNew == priority.FewerNew)
            {
                Take(file);
            }
            else if (now.Priority.FewerNew < 0)
            {
                queue.Enqueue(file, now.Priority);
            }
        }
    }

    private (int File, (int FewerNew, long Size, int Index) Priority) Ranked(int file) => (file, (-CountNew(file), _files[file].Size, file));

    private int CountNew(int file)
    {
        int count = 0;
        foreach (int feature in _index.FeaturesOf(file))
        {
            count += _covered[feature] ? 0 : 1;
        }

        return count;
    }

    private void Take(int file)
    {
        Cover(file);
        _chosen.Add(_files[file]);
    }

    private void Cover(int file)
    {
        foreach (int feature in _index.FeaturesOf(file))
        {
            _newFeatures += _covered[feature] ? 0 : 1;
            _covered[feature] = true;
        }
    }
}
