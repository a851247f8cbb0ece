namespace Edgewise.Showmap.Differential.Reading;

/// <summary>Finds the files of a campaign: a folder an approach, in each a file a trial, or a file an entry.</summary>
/// <param name="filter">Which approaches are wanted; nothing is looked for in the folders of others.</param>
/// <param name="isPerInput">True: files <c>TRIAL__ENTRY</c> are parts of trials.</param>
/// <param name="times">Where the times of entries come from.</param>
public sealed class CampaignFolder(ApproachFilter filter, bool isPerInput, EntryTimes times)
{
    private const int FewestEntries = 2;

    /// <summary>Finds the files.</summary>
    /// <param name="folder">The campaign's folder.</param>
    /// <param name="errors">Receives everything that is in the wrong place.</param>
    /// <param name="notes">Receives what else a user should know.</param>
    /// <returns>All trials, by approach and then by their own names; they are of use where there are no errors.</returns>
    public IReadOnlyList<TrialFiles> Find(string folder, ICollection<string> errors, ICollection<string> notes)
    {
        if (!Directory.Exists(folder))
        {
            errors.Add($"{folder}: {(File.Exists(folder) ? "is a file" : "there is no such folder")}; expected the folder of a campaign, with a folder an approach");
            return [];
        }

        List<string> approaches = [];
        foreach (string path in Children(folder, errors))
        {
            if (Directory.Exists(path))
            {
                approaches.Add(Path.GetFileName(path));
            }
            else
            {
                errors.Add($"{path}: is no folder; expected nothing but a folder an approach in a campaign");
            }
        }

        if (approaches.Count == 0)
        {
            errors.Add($"{folder}: has no approach; expected a folder for each, with a showmap file for each of its trials");
            return [];
        }

        List<TrialFiles> trials = [];
        foreach (string approach in filter.Choose(approaches, errors, notes))
        {
            trials.AddRange(FindTrials(Path.Combine(folder, approach), approach, errors, notes));
        }

        return trials;
    }

    private List<TrialFiles> FindTrials(string folder, string approach, ICollection<string> errors, ICollection<string> notes)
    {
        Dictionary<string, string> stems = new(StringComparer.Ordinal);
        int before = errors.Count;
        foreach (string path in Children(folder, errors))
        {
            string stem = Stem(Path.GetFileName(path));
            if (!File.Exists(path))
            {
                errors.Add($"{path}: is {(Directory.Exists(path) ? "a folder" : "no file")}; expected nothing but a file a trial in an approach");
            }
            else if (!stems.TryAdd(stem, path))
            {
                errors.Add($"{path}: has the name of a trial as {stems[stem]} has, '{stem}'; expected one file a trial");
            }
        }

        if (stems.Count == 0 && errors.Count == before)
        {
            errors.Add($"{folder}: has no files; expected a showmap file for each trial of the approach");
        }

        if (isPerInput)
        {
            return GroupEntries(approach, stems, errors);
        }

        if (stems.Count >= FewestEntries && stems.Keys.All(static stem => EntryName.Parse(stem) is { Seconds: not null }))
        {
            notes.Add($"{folder}: each of its {stems.Count} files counts as a trial, and they look like entries of trials; --per-input unites those of a trial");
        }

        return [.. stems.OrderBy(static stem => stem.Key, CodePointOrder.Instance).Select(stem => new TrialFiles(approach, stem.Key, [new TrialFile(stem.Value, 0)]))];
    }

    private List<TrialFiles> GroupEntries(string approach, Dictionary<string, string> stems, ICollection<string> errors)
    {
        SortedDictionary<string, List<(string Path, EntryName Name)>> trials = new(CodePointOrder.Instance);
        foreach ((string stem, string path) in stems)
        {
            if (EntryName.Parse(stem) is not { } name)
            {
                errors.Add($"{path}: is no entry of a trial; expected a name TRIAL__ENTRY");
                continue;
            }

            if (times == EntryTimes.Modified)
            {
                name = name with { Seconds = (File.GetLastWriteTimeUtc(path) - DateTime.UnixEpoch).TotalSeconds, SinceStart = false };
            }
            else if (times == EntryTimes.Name && name.Seconds is null)
            {
                errors.Add($"{path}: its name does not tell when the entry was found; expected '-' and a Unix time at the end, or 'time:' and milliseconds; --entry-times modified takes the file's time");
                continue;
            }

            if (!trials.TryGetValue(name.Trial, out List<(string Path, EntryName Name)>? entries))
            {
                trials.Add(name.Trial, entries = []);
            }

            if (times != EntryTimes.None && entries.Count > 0 && entries[0].Name.SinceStart != name.SinceStart)
            {
                errors.Add($"{path}: its time is {Kind(name)}, that of {entries[0].Path} {Kind(entries[0].Name)}; expected one kind in a trial");
            }

            entries.Add((path, name));
        }

        return [.. trials.Select(trial => new TrialFiles(approach, trial.Key, InOrder(trial.Value)))];
    }

    private IReadOnlyList<TrialFile> InOrder(List<(string Path, EntryName Name)> entries)
    {
        double start = entries[0].Name.SinceStart ? 0 : entries.Min(static entry => entry.Name.Seconds ?? 0);
        return [.. entries
            .Select(entry => new TrialFile(entry.Path, times == EntryTimes.None ? 0 : (entry.Name.Seconds ?? 0) - start))
            .OrderBy(static file => file.Seconds).ThenBy(static file => file.Path, CodePointOrder.Instance)];
    }

    private static string Kind(EntryName name) => name.SinceStart ? "since the start" : "since 1970";

    private static string[] Children(string folder, ICollection<string> errors)
    {
        try
        {
            string[] children = Directory.GetFileSystemEntries(folder);
            Array.Sort(children, CodePointOrder.Instance);
            return children;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{folder}: cannot be listed: {failure.Message}");
            return [];
        }
    }

    // As Python's Path.stem: a name that begins or ends with its only point has no extension.
    private static string Stem(string name)
    {
        int point = name.LastIndexOf('.');
        return point > 0 && point < name.Length - 1 ? name[..point] : name;
    }
}
