using Edgewise.Corpus;
using Edgewise.Corpus.Inputs;
using Edgewise.Corpus.Metadata;
using Edgewise.Fuzzing.Campaigns;

namespace Edgewise.Fuzzing.Parallel;

/// <summary>The corpus that jobs begin with, and that gets what each of them found new. Jobs have folders of their own, so that none waits for another.</summary>
internal sealed class SharedCorpus : IDisposable
{
    private readonly CorpusFolder _corpus;
    private readonly string _jobs;
    private readonly uint _firstPointFeature;

    // What the jobs know together; under a lock on it, as the corpus is.
    private readonly HashSet<uint> _features = [];

    private SharedCorpus(CorpusFolder corpus, string jobs, uint firstPointFeature)
    {
        _corpus = corpus;
        _jobs = jobs;
        _firstPointFeature = firstPointFeature;
    }

    /// <summary>Folder that jobs read.</summary>
    public string FolderPath => _corpus.FolderPath;

    /// <summary>Features that are known.</summary>
    public int Features => Locked(() => _features.Count);

    /// <summary>Points that are known.</summary>
    public int Points => Locked(() => _features.Where(feature => feature >= _firstPointFeature).Select(feature => (feature - _firstPointFeature) / CampaignSizes.ClassesPerPoint).Distinct().Count());

    /// <summary>Entries of the corpus.</summary>
    public int Entries => Locked(() => _corpus.Names.Count);

    /// <summary>Bytes of all entries.</summary>
    public long Bytes => InputFolder.List(_corpus.FolderPath).Sum(file => file.Size);

    /// <summary>Opens it. What jobs found whose process was killed is taken in.</summary>
    /// <param name="folder">The folder; null for one that is gone afterwards.</param>
    /// <param name="firstPointFeature">Number of the first feature that is a class of a point.</param>
    /// <exception cref="CorpusException">It cannot be read or written, or another campaign has it.</exception>
    public static SharedCorpus Open(string? folder, int firstPointFeature)
    {
        if (folder is null)
        {
            string temporary = Directory.CreateTempSubdirectory("edgewise-jobs-").FullName;
            return new SharedCorpus(CorpusFolder.Open(Path.Combine(temporary, "corpus")), temporary, (uint)firstPointFeature);
        }

        var shared = new SharedCorpus(CorpusFolder.Open(folder), Path.Combine(folder, ".edgewise", "jobs"), (uint)firstPointFeature);
        try
        {
            Directory.CreateDirectory(shared._jobs);
            foreach (string left in Directory.GetDirectories(shared._jobs).Order(StringComparer.Ordinal))
            {
                shared.Collect(left);
            }

            return shared;
        }
        catch (Exception failure) when (failure is CorpusException or IOException or UnauthorizedAccessException)
        {
            shared._corpus.Dispose();
            throw new CorpusException($"{shared._jobs}: what jobs left cannot be taken in: {failure.Message}", failure);
        }
    }

    /// <summary>The folder of a job.</summary>
    public string FolderOf(int job) => Path.Combine(_jobs, FormattableString.Invariant($"job-{job}"));

    /// <summary>Takes in what a job found, and removes its folder.</summary>
    /// <returns>Entries that were new.</returns>
    public int Collect(int job) => Collect(FolderOf(job));

    /// <inheritdoc/>
    public void Dispose()
    {
        _corpus.Dispose();
        Directory.Delete(_jobs, recursive: true);
    }

    private int Collect(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        int added = 0;
        using (var found = CorpusFolder.Open(folder))
        {
            lock (_features)
            {
                foreach (CorpusEntry entry in found.Load().OrderBy(entry => entry.Content.Length).ThenBy(entry => entry.Name))
                {
                    EntryMetadata metadata = found.MetadataOf(entry.Name) ?? new EntryMetadata();
                    int known = _features.Count;
                    _features.UnionWith(metadata.Features);
                    if (_features.Count > known && !_corpus.Names.Contains(entry.Name))
                    {
                        _corpus.Add(entry.Content.Span, metadata with { Parent = null });
                        added++;
                    }
                }
            }
        }

        Directory.Delete(folder, recursive: true);
        return added;
    }

    private int Locked(Func<int> read)
    {
        lock (_features)
        {
            return read();
        }
    }
}
