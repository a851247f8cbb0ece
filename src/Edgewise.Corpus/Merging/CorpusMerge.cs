using System.Globalization;
using Edgewise.Corpus.Inputs;

namespace Edgewise.Corpus.Merging;

/// <summary>
/// A merge that outlives its inputs: processes that may die execute them one after the other, each going on where the last one ended, and what they showed
/// decides which files a corpus lacks. The protocol, the messages and the control file are libFuzzer's.
/// </summary>
public static class CorpusMerge
{
    private const int BytesOfMegabyte = 1 << 20;

    /// <summary>Merges.</summary>
    /// <param name="request">What.</param>
    /// <param name="attempt">Runs a <see cref="MergeStep"/> over the control file in a process of its own; its argument counts from 1. True if the process came to its end.</param>
    /// <param name="say">Receives messages, a line each.</param>
    /// <exception cref="CorpusException">The control file cannot be read or written, or a process ended before it executed anything.</exception>
    public static MergeResult Run(MergeRequest request, Func<int, bool> attempt, Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(say);
        MergeControlFile? control = Resume(request, say, out IReadOnlyList<MergeFile> known);
        if (control is { } complete && complete.FirstNotStarted == complete.Files.Count)
        {
            say("MERGE-OUTER: nothing to do, merge has been completed before");
            return Select(request, complete, known, Failures(complete), attempts: 0, say);
        }

        control ??= Begin(request, known, say);
        HashSet<int> failures = [];
        long before = Environment.WorkingSet;
        (control, int attempts) = Execute(control, attempt, failures, say);
        say($"MERGE-OUTER: the control file has {new FileInfo(control.Path).Length} bytes");
        say($"MERGE-OUTER: consumed {Math.Max(0, Environment.WorkingSet - before) / BytesOfMegabyte}Mb ({Environment.WorkingSet / BytesOfMegabyte}Mb rss) to parse the control file");
        return Select(request, control, known, [.. failures.Order().Select(index => control.Files[index])], attempts, say);
    }

    // The merge of which the control file tells, if it has inputs left or has the very same; else what is known of inputs from it.
    private static MergeControlFile? Resume(MergeRequest request, Action<string> say, out IReadOnlyList<MergeFile> known)
    {
        known = [];
        if (!File.Exists(request.ControlPath) || new FileInfo(request.ControlPath).Length == 0)
        {
            return null;
        }

        say($"MERGE-OUTER: non-empty control file provided: '{request.ControlPath}'");
        MergeControlFile control;
        try
        {
            control = MergeControlFile.Read(request.ControlPath);
        }
        catch (CorpusException failure) when (failure.InnerException is null)
        {
            say("MERGE-OUTER: bad control file, will overwrite it");
            return null;
        }

        say($"MERGE-OUTER: control file ok, {control.Files.Count} files total, first not processed file {control.FirstNotStarted}");
        if (control.LastFailure is { } unlucky)
        {
            say($"MERGE-OUTER: '{unlucky.Path}' will be skipped as unlucky (merge has stumbled on it the last time)");
        }

        if (control.FirstNotStarted < control.Files.Count || control.Files.Count == request.FirstCorpus.Count + request.Others.Count)
        {
            return control;
        }

        say("MERGE-OUTER: starting merge from scratch, but reusing coverage information from the given control file");
        known = control.Files;
        return null;
    }

    private static MergeControlFile Begin(MergeRequest request, IReadOnlyList<MergeFile> known, Action<string> say)
    {
        say($"MERGE-OUTER: {request.FirstCorpus.Count + request.Others.Count} files, {request.FirstCorpus.Count} in the initial corpus, {known.Count} processed earlier");
        HashSet<string> executed = [.. known.Select(file => file.Path)];
        return MergeControlFile.Create(request.ControlPath, Unknown(request.FirstCorpus, executed), Unknown(request.Others, executed));
    }

    // Small inputs first: what a large one covers alone is little then.
    private static List<string> Unknown(IReadOnlyList<InputFile> files, HashSet<string> executed) =>
        [.. files.Where(file => !executed.Contains(file.Path)).OrderBy(file => file.Size).ThenBy(file => file.Path, StringComparer.Ordinal).Select(file => file.Path)];

    private static (MergeControlFile Complete, int Attempts) Execute(MergeControlFile control, Func<int, bool> attempt, HashSet<int> failures, Action<string> say)
    {
        int next = control.FirstNotStarted;
        for (int number = 1; ; number++)
        {
            say(string.Create(CultureInfo.InvariantCulture, $"MERGE-OUTER: attempt {number}"));
            bool isComplete = attempt(number);
            MergeControlFile after = MergeControlFile.Read(control.Path);
            if (after.LastFailure is not null)
            {
                failures.Add(after.FirstNotStarted - 1);
            }

            // The last input may be the one that ends the process: then there is nothing left, but the process did not come to its end.
            if (isComplete || after.FirstNotStarted == after.Files.Count)
            {
                say($"MERGE-OUTER: successful in {number} attempt(s)");
                return (after, number);
            }

            if (after.FirstNotStarted == next)
            {
                throw new CorpusException($"{control.Path}: a process of the merge ended before it executed '{after.Files[next].Path}'; expected it to execute at least one input");
            }

            next = after.FirstNotStarted;
        }
    }

    private static MergeFile[] Failures(MergeControlFile control) => control.LastFailure is { } failure ? [failure] : [];

    private static MergeResult Select(
        MergeRequest request, MergeControlFile control, IReadOnlyList<MergeFile> known, IReadOnlyList<MergeFile> failures, int attempts, Action<string> say)
    {
        HashSet<string> inFirst = [.. request.FirstCorpus.Select(file => file.Path)];
        ILookup<bool, MergeFile> files = control.Files.Concat(known).ToLookup(file => inFirst.Contains(file.Path));
        (IReadOnlyList<MergeFile> chosen, int features, int points) = MergeSelection.Choose([.. files[true]], [.. files[false]], request.Mode);
        say($"MERGE-OUTER: {chosen.Count} new files with {features} new features added; {points} new coverage edges");
        return new MergeResult(chosen, features, points, failures, attempts);
    }
}
