using System.Diagnostics;
using System.Globalization;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Fuzzing.Parallel;

/// <summary>
/// A number of whole campaigns, some at a time: libFuzzer's <c>-jobs</c> and <c>-workers</c>. Each begins with the corpus as it is then, and adds to it what it found new when
/// it ends.
/// </summary>
public sealed class CampaignJobs(FuzzSettings settings, Func<WorkerOrder, ProcessStartInfo> start, int jobs, int workers)
{
    private int _next;

    /// <summary>True where jobs that run side by side also give each other what they find as they find it. When that comes in is a matter of time, so such campaigns are not the same twice.</summary>
    public bool SharesEntries { get; init; }

    /// <summary>Makes what listens to a job: its number, counted from 0, and its settings go in.</summary>
    public required Func<int, FuzzSettings, FuzzSupervisor, JobListener> Listener { get; init; }

    /// <summary>Called after each job with its number, on its thread.</summary>
    public Action<int, FuzzResult>? Ended { get; set; }

    /// <summary>Runs the jobs.</summary>
    /// <returns>Their results, in the order of their numbers; null for one that was not begun.</returns>
    /// <exception cref="Corpus.CorpusException">The corpus cannot be read or written.</exception>
    public IReadOnlyList<FuzzResult?> Run(CancellationToken cancellation)
    {
        string? exchange = SharesEntries && settings.SyncRoot is null && Math.Min(jobs, workers) > 1 ? Directory.CreateTempSubdirectory("edgewise-exchange-").FullName : null;
        try
        {
            return Run(exchange, cancellation);
        }
        finally
        {
            if (exchange is not null)
            {
                Directory.Delete(exchange, recursive: true);
            }
        }
    }

    private FuzzResult?[] Run(string? exchange, CancellationToken cancellation)
    {
        using SharedCorpus corpus = SharedCorpus.Open(settings.Corpus.Count > 0 ? settings.Corpus[0] : null, firstPointFeature: 0);
        var results = new FuzzResult?[jobs];
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(jobs, workers)).Select(number => new Thread(() => Work(corpus, exchange, results, cancellation)) { Name = $"fuzzing jobs {number}" })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return results;
    }

    private void Work(SharedCorpus corpus, string? exchange, FuzzResult?[] results, CancellationToken cancellation)
    {
        for (int job = Interlocked.Increment(ref _next) - 1; job < jobs && !cancellation.IsCancellationRequested; job = Interlocked.Increment(ref _next) - 1)
        {
            Directory.CreateDirectory(corpus.FolderOf(job));
            FuzzSettings own = settings with
            {
                Corpus = [corpus.FolderOf(job), corpus.FolderPath, .. settings.Corpus.Skip(1)],
                Campaign = settings.Campaign with { Seed = settings.Campaign.Seed + (ulong)job },
                SyncRoot = exchange ?? settings.SyncRoot,
                SyncName = exchange is null ? settings.SyncName : string.Create(CultureInfo.InvariantCulture, $"job-{job}"),
            };
            var supervisor = new FuzzSupervisor(own, start);
            using JobListener listener = Listener(job, own, supervisor);
            supervisor.Heard = listener.Hear;
            supervisor.Written = listener.Write;
            supervisor.SlowWritten = listener.Write;
            FuzzResult result;
            try
            {
                result = supervisor.Run(cancellation);
                corpus.Collect(job);
            }
            catch (Exception failure) when (failure is Corpus.CorpusException or Supervision.SupervisionException or Hosting.HostingException or IOException or UnauthorizedAccessException)
            {
                result = new FuzzResult { Error = failure.Message };
            }

            results[job] = result;
            listener.End(result);
            Ended?.Invoke(job, result);
        }
    }
}
