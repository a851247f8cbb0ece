using System.Diagnostics;
using Edgewise.Fuzzing.Campaigns;
using Edgewise.Fuzzing.Running;
using Edgewise.Hosting;

namespace Edgewise.Fuzzing.Tools;

/// <summary>Runs inputs one at a time in a worker process. An input may end that process: another takes its place.</summary>
/// <remarks>After the first death a second process is kept ready, since what is looked for then is mostly more deaths.</remarks>
public sealed unsafe class TargetProbe : IDisposable
{
    private const int Heap = 64;

    private readonly FuzzSettings _settings;
    private readonly Func<WorkerOrder, ProcessStartInfo> _start;
    private readonly CampaignMemory _memory;
    private readonly string _memoryPath;
    private readonly Queue<ToolProcess> _processes = new();
    private bool _isLoaded;
    private bool _hasSpare;

    /// <summary>A probe; starts its first process.</summary>
    /// <param name="settings">The target and its limits.</param>
    /// <param name="start">How to start a worker process, as for a <see cref="FuzzSupervisor"/>.</param>
    /// <param name="longest">Bytes of the longest input that will be run.</param>
    public TargetProbe(FuzzSettings settings, Func<WorkerOrder, ProcessStartInfo> start, int longest)
    {
        _settings = ToolProcess.Plain(settings);
        _start = start;
        _memory = CreateMemory(longest, out _memoryPath);
        Start();
    }

    /// <summary>Hears what is worth knowing while the target is loaded.</summary>
    public Action<FuzzMessage>? Heard { get; set; }

    /// <summary>Processes that were started.</summary>
    public int Processes { get; private set; }

    /// <summary>Inputs that were run.</summary>
    public long Runs { get; private set; }

    /// <summary>Runs an input.</summary>
    /// <exception cref="HostingException">The target cannot be loaded.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the process in which the input ran is gone.</exception>
    public ProbeResult Run(ReadOnlySpan<byte> input, CancellationToken cancellation)
    {
        ToolProcess process = Loaded(cancellation);
        _memory.Header->InputLength = input.Length;
        input.CopyTo(new Span<byte>(_memory.Input, input.Length));
        Runs++;
        process.Wake();
        long began = Stopwatch.GetTimestamp();
        while (process.Next(cancellation) is { } message)
        {
            if (message is RanMessage ran)
            {
                return new ProbeResult(ran.Finding is null ? null : ran.Finding with { Input = input.ToArray() }, ran.IsRejected, ran.Map, ran.Points, TimeSpan.FromMicroseconds(ran.Microseconds));
            }

            Heard?.Invoke(message);
        }

        var result = new ProbeResult(process.Death(), false, 0, 0, Stopwatch.GetElapsedTime(began));
        _hasSpare = true;

        // It died in the target; the one that takes its place is not there yet.
        _memory.Header->IsInTarget = 0;
        Replace();
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_processes.TryDequeue(out ToolProcess? process))
        {
            process.Dispose();
        }

        _memory.Dispose();
    }

    /// <summary>Memory for inputs, and no more.</summary>
    internal static CampaignMemory CreateMemory(int longest, out string path)
    {
        var memory = CampaignMemory.Create(new CampaignSizes(Points: 1, ExtraFeatures: 0, longest, Entries: 1, Heap), seed: 0);
        path = memory.ShareUnnamed();
        return memory;
    }

    private ToolProcess Loaded(CancellationToken cancellation)
    {
        ToolProcess process = _processes.Peek();
        while (!_isLoaded)
        {
            FuzzMessage message = process.Next(cancellation) ?? throw new HostingException($"{_settings.TargetPath}: the worker process ended before it ran anything: {process.Ending()}");
            _isLoaded = message is LoadedMessage;
            Heard?.Invoke(message);
        }

        return process;
    }

    private void Replace()
    {
        _processes.Dequeue().Dispose();
        _isLoaded = false;
        while (_processes.Count < (_hasSpare ? 2 : 1))
        {
            Start();
        }
    }

    private void Start()
    {
        Processes++;
        _processes.Enqueue(new ToolProcess(_settings, _start, _memory, _memoryPath, order => order with { Task = WorkerTask.Probe }));
    }
}
