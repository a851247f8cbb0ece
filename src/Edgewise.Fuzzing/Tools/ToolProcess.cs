using System.Diagnostics;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Findings;
using Edgewise.Fuzzing.Running;
using Edgewise.Hosting;
using Edgewise.Supervision;
using Edgewise.Supervision.Workers;

namespace Edgewise.Fuzzing.Tools;

/// <summary>A worker process that runs inputs for a tool, held to the limits of time and memory. The input in flight stands in memory that outlives it.</summary>
internal sealed unsafe class ToolProcess : IDisposable
{
    private const int WatchMilliseconds = 20;
    private const int MemoryChecksEvery = 10;

    private readonly FuzzSettings _settings;
    private readonly CampaignMemory _memory;
    private readonly FuzzChannel _channel;
    private readonly WorkerProcess _worker;
    private readonly AutoResetEvent _stirred = new(initialState: false);
    private readonly LimitWatch _watch;

    /// <summary>Starts one.</summary>
    /// <param name="settings">The target and its limits.</param>
    /// <param name="start">How to start a worker process.</param>
    /// <param name="memory">Where inputs go.</param>
    /// <param name="memoryPath">The same, for the worker.</param>
    /// <param name="order">What to do, beside that.</param>
    public ToolProcess(FuzzSettings settings, Func<WorkerOrder, ProcessStartInfo> start, CampaignMemory memory, string memoryPath, Func<WorkerOrder, WorkerOrder> order)
    {
        _settings = settings;
        _memory = memory;
        _channel = FuzzChannel.Create();
        _worker = WorkerProcess.Start(
            start(order(new WorkerOrder(settings, _channel.Path, memoryPath, [], Environment.ProcessId))), () => _stirred.Set());
        _watch = new LimitWatch(_worker, settings.Timeout, settings.MemoryLimit);
    }

    /// <summary>Its number.</summary>
    public int Id => _worker.Id;

    /// <summary>Settings for a worker that runs inputs and searches nothing: it needs one image.</summary>
    public static FuzzSettings Plain(FuzzSettings settings) => settings with
    {
        Campaign = settings.Campaign with { UsesCompares = false, UsesValueProfile = false, UsesCallPairs = false, UsesStackDepth = false, Dictionary = [] },
        Corpus = [],
    };

    /// <summary>Wakes it: there is something to do.</summary>
    public void Wake() => _worker.Wake();

    /// <summary>Waits for its next message.</summary>
    /// <returns>Null where the process ended and said all it had to say.</returns>
    /// <exception cref="HostingException">It could not do what it should, and says why.</exception>
    /// <exception cref="OperationCanceledException">Somebody wants no more.</exception>
    public FuzzMessage? Next(CancellationToken cancellation)
    {
        for (int round = 0; ; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            bool hasEnded = _worker.HasEnded;
            if (_channel.Receive() is { } message)
            {
                return message is EndMessage { Error: { } error } ? throw new HostingException(error) : message;
            }

            if (hasEnded)
            {
                return null;
            }

            _stirred.WaitOne(WatchMilliseconds);
            Watch(round);
        }
    }

    /// <summary>What the process died of, once it has ended.</summary>
    public Finding Death()
    {
        byte[] input = new ReadOnlySpan<byte>(_memory.Input, _memory.Header->InputLength).ToArray();
        return FindingOf.Death(_settings, FindingOf.Limit(_watch.KilledFor), _worker.WaitForEnd(), _worker.FirstErrorLines(), input);
    }

    /// <summary>How the process ended, in words, for one that died before it ran anything.</summary>
    public string Ending()
    {
        ProcessEnd end = _worker.WaitForEnd();
        IReadOnlyList<string> lines = _worker.FirstErrorLines();
        return $"{ProcessDeath.Of(end, lines).Title}{(lines.Count > 0 ? $"; it wrote: {lines[0]}" : "")}";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _worker.Dispose();
        _channel.Dispose();
        _stirred.Dispose();
    }

    private void Watch(int round)
    {
        if (_watch.KilledFor is not null)
        {
            return;
        }

        _watch.LookAtTime(Volatile.Read(ref _memory.Header->Executions), Volatile.Read(ref _memory.Header->IsInTarget) != 0);
        if (_settings.MemoryLimit > 0 && _memory.Header->IsInTarget != 0 && round % MemoryChecksEvery == MemoryChecksEvery - 1)
        {
            _watch.LookAtMemory();
        }
    }
}
