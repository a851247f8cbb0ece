using System.Diagnostics;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;

namespace Edgewise.Fuzzing.Parallel;

/// <summary>
/// Several campaigns at a time that share a corpus and their findings, libFuzzer's <c>-fork</c>: each job starts with what all have found, searches for a while, longer
/// from job to job, and hands over what it found new.
/// </summary>
public sealed class ForkedCampaign(FuzzSettings settings, Func<WorkerOrder, ProcessStartInfo> start, int workers)
{
    private const int LongestJobSeconds = 300;

    // Beside what libFuzzer gives a job: a process of .NET takes a while to start, and longer to be fast.
    private const int StartSeconds = 4;

    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = new();

    // What the jobs came to, under the lock.
    private readonly List<Finding> _findings = [];
    private readonly List<string> _artifacts = [];
    private readonly HashSet<string> _known = [];
    private readonly List<RecommendedWord> _words = [];
    private long _executions;
    private long _compareExecutions;
    private long _rejections;
    private long _crashes;
    private int _points;
    private int _jobs;
    private int _processes;
    private TimeSpan _slowest;
    private long _peakMemory;
    private string? _error;

    /// <summary>Hears what workers say; calls come one after the other.</summary>
    public Action<FuzzMessage>? Heard { get; set; }

    /// <summary>Hears of each finding's artifact.</summary>
    public Action<Finding, string>? Written { get; set; }

    /// <summary>Hears of each execution that took long, on the thread of its job.</summary>
    public Action<SlowRun, string>? SlowWritten { get; set; }

    /// <summary>Called after each job.</summary>
    public Action<ForkStatus>? JobEnded { get; set; }

    /// <summary>Runs the campaign until it ends or is cancelled.</summary>
    /// <exception cref="Corpus.CorpusException">The corpus cannot be read or written.</exception>
    public FuzzResult Run(CancellationToken cancellation)
    {
        _clock.Restart();
        using SharedCorpus corpus = SharedCorpus.Open(settings.Corpus.Count > 0 ? settings.Corpus[0] : null, LoadedTarget.Observers(settings.Campaign).Sum(observer => observer.Size));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(number => new Thread(() => Work(corpus, stop)) { Name = $"fuzzing jobs {number}" })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return new FuzzResult
        {
            Status = new CampaignStatus
            {
                Executions = _executions,
                CompareExecutions = _compareExecutions,
                Rejections = _rejections,
                Crashes = _crashes,
                Covered = corpus.Points,
                Points = _points,
                Features = corpus.Features,
                Entries = corpus.Entries,
                EntryBytes = corpus.Bytes,
            },
            Findings = _findings,
            Artifacts = _artifacts,
            Words = _words,
            Error = _error,
            WasInterrupted = cancellation.IsCancellationRequested,
            Processes = _processes,
            Elapsed = _clock.Elapsed,
            SlowestRun = _slowest,
            PeakMemory = _peakMemory,
        };
    }

    private void Work(SharedCorpus corpus, CancellationTokenSource stop)
    {
        while (!stop.IsCancellationRequested && NextJob(corpus) is { } job)
        {
            FuzzResult result = Run(corpus, job, stop.Token);
            if (Take(corpus, job, result))
            {
                stop.Cancel();
            }
        }
    }

    private (int Number, FuzzSettings Settings, string[] Known)? NextJob(SharedCorpus corpus)
    {
        lock (_lock)
        {
            TimeSpan left = settings.MaxTotalTime > TimeSpan.Zero ? settings.MaxTotalTime - _clock.Elapsed : TimeSpan.MaxValue;
            long runs = settings.Campaign.Runs < 0 ? -1 : settings.Campaign.Runs - _executions;
            if (left <= TimeSpan.Zero || (settings.StopFile is { } file && File.Exists(file)) || (settings.Campaign.Runs >= 0 && runs <= 0))
            {
                return null;
            }

            int number = ++_jobs;
            var time = TimeSpan.FromSeconds(Math.Min(LongestJobSeconds, StartSeconds + number));
            return (number, settings with
            {
                Corpus = [corpus.FolderOf(number), corpus.FolderPath, .. settings.Corpus.Skip(1)],
                Campaign = settings.Campaign with { Seed = settings.Campaign.Seed + (ulong)number, Runs = runs },
                MaxTotalTime = time < left ? time : left,
            }, [.. _known]);
        }
    }

    private FuzzResult Run(SharedCorpus corpus, (int Number, FuzzSettings Settings, string[] Known) job, CancellationToken cancellation)
    {
        Directory.CreateDirectory(corpus.FolderOf(job.Number));
        var supervisor = new FuzzSupervisor(job.Settings, start)
        {
            Known = job.Known,
            Heard = message => Tell(job.Number, message),
            SlowWritten = SlowWritten,
            Written = (finding, path) =>
            {
                lock (_lock)
                {
                    if (_known.Add(finding.Signature))
                    {
                        Written?.Invoke(finding, path);
                    }
                }
            },
        };
        try
        {
            return supervisor.Run(cancellation);
        }
        catch (Exception failure) when (failure is Corpus.CorpusException or Supervision.SupervisionException or Hosting.HostingException or IOException or UnauthorizedAccessException)
        {
            return new FuzzResult { Error = failure.Message };
        }
    }

    private void Tell(int job, FuzzMessage message)
    {
        lock (_lock)
        {
            if (message is LoadedMessage loaded)
            {
                _points = loaded.Points;
            }

            if (message is NoticeMessage || (message is LoadedMessage && job == 1))
            {
                Heard?.Invoke(message);
            }
        }
    }

    // Jobs find the same words; each is told once, with all its uses.
    private void AddWords(IReadOnlyList<RecommendedWord> words)
    {
        foreach (RecommendedWord word in words)
        {
            int known = _words.FindIndex(other => other.Bytes.SequenceEqual(word.Bytes));
            if (known < 0)
            {
                _words.Add(word);
            }
            else
            {
                _words[known] = word with { Uses = _words[known].Uses + word.Uses };
            }
        }
    }

    // True where the campaign is to end.
    private bool Take(SharedCorpus corpus, (int Number, FuzzSettings Settings, string[] Known) job, FuzzResult result)
    {
        lock (_lock)
        {
            corpus.Collect(job.Number);
            _executions += result.Status?.Executions ?? 0;
            _compareExecutions += result.Status?.CompareExecutions ?? 0;
            _rejections += result.Status?.Rejections ?? 0;
            _crashes += result.Status?.Crashes ?? 0;
            _processes += result.Processes;
            _slowest = result.SlowestRun > _slowest ? result.SlowestRun : _slowest;
            _peakMemory = Math.Max(_peakMemory, result.PeakMemory);
            _error ??= result.Error;
            AddWords(result.Words);
            for (int i = 0; i < result.Findings.Count; i++)
            {
                if (!_findings.Exists(known => known.Signature == result.Findings[i].Signature))
                {
                    _findings.Add(result.Findings[i]);
                    _artifacts.Add(result.Artifacts[i]);
                }
            }

            int Count(FindingKind kind) => _findings.Count(finding => finding.Kind == kind);
            long rate = result.Elapsed.TotalSeconds < 1 ? 0 : (long)((result.Status?.Executions ?? 0) / result.Elapsed.TotalSeconds);
            JobEnded?.Invoke(new ForkStatus(
                job.Number, _executions, corpus.Points, corpus.Features, corpus.Entries, rate,
                Count(FindingKind.OutOfMemory), Count(FindingKind.Timeout), Count(FindingKind.Crash), _clock.Elapsed));
            return result.Error is not null || _findings.Exists(settings.IsEndedBy);
        }
    }
}
