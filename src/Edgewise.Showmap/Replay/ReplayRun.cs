using System.Collections.Concurrent;
using System.Diagnostics;
using Edgewise.Hosting;
using Edgewise.Hosting.Folders;
using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Replay.Records;
using Edgewise.Showmap.Replay.Workers;
using Edgewise.Supervision;

namespace Edgewise.Showmap.Replay;

/// <summary>Replays the entries of a corpus through a target, in processes that may die of them.</summary>
/// <param name="settings">The target, and how.</param>
/// <param name="entries">The entries, in order.</param>
public sealed class ReplayRun(ReplaySettings settings, IReadOnlyList<ReplayEntry> entries)
{
    private readonly ConcurrentDictionary<int, EntryOutcome> _dead = [];
    private string _target = "";

    /// <summary>Hears now and then how many entries are done.</summary>
    public Action<int>? Progressed { get; set; }

    /// <summary>Replays them.</summary>
    /// <exception cref="HostingException">The target cannot be loaded, or a process ends before it runs anything.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what was replayed is not lost.</exception>
    public ReplayResult Run(CancellationToken cancellation)
    {
        using CacheFolder cache = CacheFolder.Open(_ => { });
        string root = ReplayCache.FolderIn(cache.Path);
        ReplayCache.RemoveOld(root);
        string run = Directory.CreateTempSubdirectory("edgewise-showmap-").FullName;
        try
        {
            string plan = Path.Combine(run, Guid.NewGuid().ToString("n"));
            ReplayPlan.Write(plan, entries);
            var order = new ReplayOrder(
                settings, plan, Path.Combine(run, "dead"), "", "", root, ReplayPlan.Fingerprint(entries), 0, 0, Environment.ProcessId);
            string key = RunWorkers(run, order, cancellation);
            return Collect(run, order, Path.Combine(root, key));
        }
        finally
        {
            Directory.Delete(run, recursive: true);
        }
    }

    private string RunWorkers(string run, ReplayOrder order, CancellationToken cancellation)
    {
        var workers = new ReplayProcess[settings.Workers];
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var failures = new Exception?[workers.Length];
        Thread[] threads = [.. Enumerable.Range(0, workers.Length).Select(number =>
        {
            ReplayProcess worker = workers[number] = new ReplayProcess(run, order with { Worker = number }, Died);
            return new Thread(() =>
            {
                try
                {
                    worker.Run(failed.Token);
                }
                catch (Exception failure) when (failure is HostingException or SupervisionException or OperationCanceledException or IOException or UnauthorizedAccessException)
                {
                    failures[number] = failure;
                    failed.Cancel();
                }
            })
            { Name = $"replays {number}" };
        })];
        Array.ForEach(threads, thread => thread.Start());
        while (Array.Exists(threads, thread => !thread.Join(TimeSpan.FromMilliseconds(threads.Length == 1 ? 200 : 100))))
        {
            Progressed?.Invoke(workers.Sum(worker => worker.Done));
        }

        cancellation.ThrowIfCancellationRequested();
        Exception? first = Array.Find(failures, failure => failure is not null and not OperationCanceledException);
        _target = workers[0].Target;
        return first is null ? workers[0].Key : throw new HostingException(first.Message, first);
    }

    private void Died(int entry, EntryOutcome outcome, string deadPath)
    {
        _dead[entry] = outcome;
        lock (_dead)
        {
            File.AppendAllLines(deadPath, [entry.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        }
    }

    private ReplayResult Collect(string run, ReplayOrder order, string folder)
    {
        var contents = new ContentHash?[entries.Count];
        var problems = new string?[entries.Count];
        List<ReplayModule> modules = [];
        foreach (string index in Directory.EnumerateFiles(run, "*.index").Order(StringComparer.Ordinal))
        {
            new RecordReader
            {
                Module = modules.Add,
                Index = (entry, content, problem) =>
                {
                    contents[entry] = content;
                    problems[entry] = content is null ? problem : null;
                },
            }.Read(index);
        }

        var builder = new ResultBuilder([.. contents.OfType<ContentHash>()], modules);
        foreach (string file in ReplayCache.Files(folder, order.Fingerprint, Path.GetFileName(order.PlanPath), settings.UsesCache))
        {
            builder.Add(file);
        }

        return builder.Build(_target, entries, index =>
            _dead.TryGetValue(index, out EntryOutcome outcome) ? outcome
            : problems[index] is { } problem ? new EntryOutcome(EntryFate.Unreadable, problem, 0, 0, 0)
            : null, index => contents[index]);
    }
}
