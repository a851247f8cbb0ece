using Edgewise.Showmap.Differential.OverTime;

namespace Edgewise.Showmap.Differential.Reading;

/// <summary>Reads the trials of a campaign, on all processors.</summary>
/// <param name="wantsGrowth">True: how coverage grew from entry to entry is kept.</param>
public sealed class CampaignReader(bool wantsGrowth)
{
    /// <summary>Called after each trial with its name; from several threads.</summary>
    public Action<string>? OnRead { get; init; }

    /// <summary>Reads the files.</summary>
    /// <param name="files">All trials, those of an approach beside each other, in the order of approaches.</param>
    /// <param name="errors">Receives, in that order, what is wrong with a trial; of each the first error.</param>
    /// <returns>The campaign, or null where there were errors.</returns>
    public Campaign? Read(IReadOnlyList<TrialFiles> files, ICollection<string> errors)
    {
        EdgeNames names = new();
        Trial?[] trials = new Trial?[files.Count];
        string?[] failures = new string?[files.Count];
        int next = -1;
        void ReadSome()
        {
            ShowmapReader reader = new(names);
            for (int i = Interlocked.Increment(ref next); i < files.Count; i = Interlocked.Increment(ref next))
            {
                try
                {
                    trials[i] = Read(reader, files[i], names);
                    OnRead?.Invoke($"{files[i].Approach}/{files[i].Trial}");
                }
                catch (ShowmapException failure)
                {
                    failures[i] = failure.Message;
                }
            }
        }

        Parallel.Invoke([.. Enumerable.Repeat<Action>(ReadSome, Math.Min(Environment.ProcessorCount, Math.Max(1, files.Count)))]);
        int before = errors.Count;
        foreach (string? failure in failures)
        {
            if (failure is not null)
            {
                errors.Add(failure);
            }
        }

        return errors.Count > before
            ? null
            : new Campaign(
                [.. files.Zip(trials, static (file, trial) => (file.Approach, Trial: trial!))
                    .GroupBy(static pair => pair.Approach, static pair => pair.Trial)
                    .Select(static approach => new Approach(approach.Key, [.. approach]))
                    .OrderBy(static approach => approach.Name, CodePointOrder.Instance)],
                names.Count);
    }

    private Trial Read(ShowmapReader reader, TrialFiles files, EdgeNames names)
    {
        EdgeSet edges = new(names.Count);
        CoverageGrowth? growth = wantsGrowth ? new CoverageGrowth() : null;
        int count = 0;
        if (files.Files is [var only])
        {
            reader.Read(only.Path, edges);
            count = edges.Count;
            growth?.Add(only.Seconds, count);
        }
        else
        {
            EdgeSet entry = new(names.Count);
            foreach (TrialFile file in files.Files)
            {
                entry.Clear();
                reader.Read(file.Path, entry);
                edges.UnionWith(entry);
                if (growth is not null)
                {
                    growth.Add(file.Seconds, edges.Count);
                }
            }

            count = edges.Count;
        }

        return count > 0
            ? new Trial(files.Trial, edges, count, growth)
            : throw new ShowmapException($"{files.Files[0].Path}: has no edge with a count above zero; expected at least one in each trial");
    }
}
