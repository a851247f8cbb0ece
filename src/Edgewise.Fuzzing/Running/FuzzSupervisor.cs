using System.Diagnostics;
using System.Numerics;
using Edgewise.Corpus;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Tools;
using Edgewise.Supervision;
using Edgewise.Supervision.Workers;

namespace Edgewise.Fuzzing.Running;

/// <summary>
/// Runs a campaign in a worker process and watches it: a process that dies in the target, hangs or takes too much memory is a finding, and another goes on where
/// it was, with the input that killed it behind it.
/// </summary>
public sealed class FuzzSupervisor
{
    private const int MostDeathsWithoutProgress = 3;
    private const int KillCode = 128 + 9;
    private const int WatchMilliseconds = 20;
    private const int MemoryChecksEvery = 25;

    private static readonly TimeSpan TimeBeforePulses = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TimeBetweenLooks = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PatienceWithEnd = TimeSpan.FromSeconds(2);

    private readonly FuzzSettings _settings;
    private readonly Func<WorkerOrder, ProcessStartInfo> _start;
    private readonly List<Finding> _findings = [];
    private readonly List<string> _artifacts = [];
    private readonly HashSet<string> _known = [];

    private string? _memoryPath;
    private CampaignMemory? _memory;
    private EndMessage? _end;
    private LimitWatch? _watch;
    private SlowWatch? _slowWatch;
    private TimeSpan _slowest;
    private long _peakMemory;
    private long _nextPulse = 1;
    private bool _sawStopFile;
    private TimeSpan _nextLook;

    /// <summary>A supervisor.</summary>
    /// <param name="settings">The campaign.</param>
    /// <param name="start">How to start a worker process, which calls <see cref="WorkerMain.RunIfOrdered"/>; its environment must carry the order.</param>
    public FuzzSupervisor(FuzzSettings settings, Func<WorkerOrder, ProcessStartInfo> start)
    {
        _settings = settings;
        _start = start;
    }

    /// <summary>Signatures of findings that are known already.</summary>
    public IEnumerable<string> Known
    {
        init => _known.UnionWith(value);
    }

    /// <summary>Bytes of memory that the worker process had when it was looked at last.</summary>
    public long WorkerMemory { get; private set; }

    /// <summary>Hears each message of the worker, in order.</summary>
    public Action<FuzzMessage>? Heard { get; set; }

    /// <summary>Called every few milliseconds, on the thread that runs the campaign.</summary>
    public Action? Looked { get; set; }

    /// <summary>Hears of each finding's artifact, once it is written.</summary>
    public Action<Finding, string>? Written { get; set; }

    /// <summary>Hears of each execution that took long, once its input is written.</summary>
    public Action<SlowRun, string>? SlowWritten { get; set; }

    /// <summary>How far the campaign is; null before it begins.</summary>
    public CampaignStatus? Status => _memory is null ? null : StatusReader.Read(_memory);

    /// <summary>What each mutator was good for so far; none before the campaign begins. For <see cref="Looked"/>.</summary>
    public IReadOnlyList<StageYield> Stages => _memory is null ? [] : StatusReader.Stages(_memory);

    /// <summary>Findings so far.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Runs the campaign until it ends or is cancelled.</summary>
    public FuzzResult Run(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        int processes = 0, deaths = 0;
        long lastDeath = -1;
        string? error = null;
        CampaignStatus? status = null;
        IReadOnlyList<RecommendedWord> words = [];
        try
        {
            using var channel = FuzzChannel.Create();
            while (_end is null && error is null && !IsOver(clock, cancellation))
            {
                processes++;
                (ProcessEnd end, IReadOnlyList<string> lines, bool wasStopped) = RunWorker(channel, clock, cancellation);
                if (_end is not null || wasStopped)
                {
                    break;
                }

                error = Mourn(end, lines);
                long executions = _memory is null ? 0 : StatusReader.Read(_memory).Executions;
                deaths = executions == lastDeath ? deaths + 1 : 0;
                lastDeath = executions;
                if (deaths >= MostDeathsWithoutProgress)
                {
                    error ??= $"the worker process died {deaths + 1} times at execution {executions}; last: {Describe(end)}";
                }
            }

            status = _end?.Status ?? Status;
            words = _memory is null ? [] : StatusReader.Words(_memory);
            CompleteDeaths(cancellation);
        }
        finally
        {
            _memory?.Unlink();
            _memory?.Dispose();
            _memory = null;
        }

        return new FuzzResult
        {
            Status = status,
            Findings = _findings,
            Artifacts = _artifacts,
            Words = words,
            Error = error ?? _end?.Error,
            WasInterrupted = cancellation.IsCancellationRequested,
            Processes = processes,
            Elapsed = clock.Elapsed,
            SlowestRun = _slowest,
            PeakMemory = _peakMemory,
        };
    }

    private bool IsOver(Stopwatch clock, CancellationToken cancellation) => cancellation.IsCancellationRequested || IsTimeUp(clock) || IsEnough() || IsStopped(clock);

    // Looked for a few times a second only.
    private bool IsStopped(Stopwatch clock)
    {
        if (_settings.StopFile is { } file && !_sawStopFile && clock.Elapsed >= _nextLook)
        {
            _nextLook = clock.Elapsed + TimeBetweenLooks;
            _sawStopFile = File.Exists(file);
        }

        return _sawStopFile;
    }

    private bool IsTimeUp(Stopwatch clock) => _settings.MaxTotalTime > TimeSpan.Zero && clock.Elapsed >= _settings.MaxTotalTime;

    private bool IsEnough() => _findings.Exists(_settings.IsEndedBy);

    private (ProcessEnd End, IReadOnlyList<string> Lines, bool WasStopped) RunWorker(FuzzChannel channel, Stopwatch clock, CancellationToken cancellation)
    {
        using var stirred = new AutoResetEvent(false);
        ProcessStartInfo start = _start(new WorkerOrder(_settings, channel.Path, _memoryPath, [.. _known], Environment.ProcessId));
        bool wasStopped = false;
        using var worker = WorkerProcess.Start(start, () => stirred.Set());
        _slowWatch = _settings.SlowFrom > TimeSpan.Zero ? new SlowWatch(_settings.SlowFrom) : null;
        _watch = new LimitWatch(worker, _settings.Timeout, _settings.MemoryLimit);
        long stoppedAt = 0;
        for (int round = 0; !worker.HasEnded; round++)
        {
            stirred.WaitOne(WatchMilliseconds);
            Drain(channel);
            if (!wasStopped && IsOver(clock, cancellation))
            {
                wasStopped = true;
                stoppedAt = Stopwatch.GetTimestamp();
                worker.Wake();
            }

            if (wasStopped && Stopwatch.GetElapsedTime(stoppedAt) > PatienceWithEnd)
            {
                worker.Kill();
            }

            Watch(_watch, round);
            TellPulse(clock);
            Looked?.Invoke();
        }

        ProcessEnd end = worker.WaitForEnd();
        IReadOnlyList<string> lines = worker.FirstErrorLines();
        Drain(channel);
        return (end, lines, wasStopped);
    }

    private void Drain(FuzzChannel channel)
    {
        while (channel.Receive() is { } message)
        {
            switch (message)
            {
                case MemoryMessage memory:
                    Attach(memory.Path);
                    break;
                case FindingMessage { IsSecond: false } finding:
                    Keep(finding.Finding);
                    break;
                case FindingMessage { IsSecond: true } finding:
                    Complete(finding.Finding);
                    break;
                case EndMessage end:
                    _end = end;
                    break;
                default:
                    break;
            }

            Heard?.Invoke(message);
        }
    }

    private void Attach(string path)
    {
        // What has grown meanwhile is gone, and a message about its successor is on its way.
        if (path == _memoryPath || !File.Exists(path))
        {
            return;
        }

        CampaignMemory? old = _memory;
        _memory = CampaignMemory.Open(path);
        _memoryPath = _memory.ShareUnnamed();
        old?.Dispose();
    }

    private unsafe void Watch(LimitWatch watch, int round)
    {
        if (_memory is null || watch.KilledFor is not null)
        {
            return;
        }

        watch.LookAtTime(Volatile.Read(ref _memory.Header->Executions), Volatile.Read(ref _memory.Header->IsInTarget) != 0);
        _slowest = watch.Slowest > _slowest ? watch.Slowest : _slowest;
        if (_slowWatch?.Look(_memory, watch) is { } slow)
        {
            SlowWritten?.Invoke(slow, Artifact.WriteSlow(_settings, slow.Input));
        }

        if (round % MemoryChecksEvery == 0)
        {
            WorkerMemory = watch.LookAtMemory();
            _peakMemory = Math.Max(_peakMemory, WorkerMemory);
        }
    }

    // libFuzzer tells each power of two of executions, once it has run for a while.
    private unsafe void TellPulse(Stopwatch clock)
    {
        if (_memory is not null && Volatile.Read(ref _memory.Header->Executions) is long executions && executions >= _nextPulse)
        {
            long reached = (long)(BitOperations.RoundUpToPowerOf2((ulong)executions + 1) / 2);
            _nextPulse = reached * 2;
            if (clock.Elapsed > TimeBeforePulses)
            {
                Heard?.Invoke(new NewsMessage("pulse", Status! with { Executions = reached }, 0, []));
            }
        }
    }

    // The worker is dead: where the target ran, its input is a finding.
    private unsafe string? Mourn(ProcessEnd end, IReadOnlyList<string> lines)
    {
        if (_memory is null)
        {
            return $"the worker process ended before it began: {Describe(end)}{(lines.Count > 0 ? $"; it wrote: {lines[0]}" : "")}";
        }

        CampaignHeader* header = _memory.Header;
        FindingKind? killedFor = FindingOf.Limit(_watch?.KilledFor);
        if (header->IsInTarget == 0)
        {
            // In the middle of a change, perhaps: what was saved last is gone on with, or the corpus.
            _memoryPath = null;
            return killedFor is null && end.ExitCode != KillCode ? $"the worker process ended between two executions: {Describe(end)}{(lines.Count > 0 ? $"; it wrote: {lines[0]}" : "")}" : null;
        }

        header->IsInTarget = 0;
        if (killedFor is null && end.ExitCode == KillCode)
        {
            Heard?.Invoke(new NoticeMessage("the worker process was killed from outside (SIGKILL); another one goes on"));
            return null;
        }

        byte[] input = new ReadOnlySpan<byte>(_memory.Input, header->InputLength).ToArray();
        Keep(FindingOf.Death(_settings, killedFor, end, lines, input) with
        {
            Execution = header->Executions,
            Mutations = string.Join('-', StatusReader.Mutations(_memory)),
            Base = header->BaseEntry >= 0 && header->BaseEntry < header->EntryCount ? EntryName.Of(_memory.DataOf(header->BaseEntry)).ToString() : null,
        });
        header->Crashes++;
        return null;
    }

    private static string Describe(ProcessEnd end) =>
        end.Signal is { } signal ? $"ended by signal {signal} ({SignalNames.Of(signal)})" : $"ended with exit code {end.ExitCode}";

    private void Keep(Finding finding)
    {
        if (_known.Add(finding.Signature))
        {
            _findings.Add(finding);
            string path = Artifact.Write(_settings, finding.Kind, finding.Input);
            _artifacts.Add(path);
            Written?.Invoke(finding, path);
        }
    }

    // What killed the process could not be looked into there.
    private void CompleteDeaths(CancellationToken cancellation)
    {
        if (_settings.MinimizingRuns == 0 || cancellation.IsCancellationRequested)
        {
            return;
        }

        foreach (Finding finding in _findings.Where(finding => finding.EndedProcess && finding.Reruns == 0).ToList())
        {
            Complete(DeathCheck.Complete(_settings, _start, finding, cancellation));
        }
    }

    private void Complete(Finding finding)
    {
        int index = _findings.FindIndex(known => known.Signature == finding.Signature);
        if (index >= 0)
        {
            _findings[index] = finding;
            if (finding.Minimized is { } shorter && shorter.Length < finding.Input.Length)
            {
                _artifacts[index] = Artifact.WriteMinimized(_settings, finding.Input, shorter);
            }
        }
    }
}
