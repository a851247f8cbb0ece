using System.Diagnostics;
using System.Globalization;
using Edgewise.Hosting;
using Edgewise.Supervision;
using Edgewise.Supervision.Memory;
using Edgewise.Supervision.Workers;

namespace Edgewise.Showmap.Replay.Workers;

/// <summary>One worker's share of the entries: a process that replays them, and another one whenever it died.</summary>
/// <param name="folder">Where files of the run are.</param>
/// <param name="order">What to do.</param>
/// <param name="died">Hears of an entry that ended a process, with the file that keeps such entries.</param>
internal sealed unsafe class ReplayProcess(string folder, ReplayOrder order, Action<int, EntryOutcome, string> died)
{
    private const int WatchMilliseconds = 20;
    private const int MemoryChecksEvery = 10;
    private const int MostDeathsBetweenCalls = 3;

    private ProcessLimit? _killedFor;
    private int _doneBefore;
    private volatile int _done;

    /// <summary>Entries that are done.</summary>
    public int Done => _done;

    /// <summary>Name of the folder in the cache; empty before it is known.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Name of the target; empty before it is known.</summary>
    public string Target { get; private set; } = "";

    /// <summary>Replays the share.</summary>
    /// <exception cref="HostingException">The target cannot be loaded, or processes end before they run anything.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(CancellationToken cancellation)
    {
        int first = 0, deaths = 0;
        for (int attempt = 0; ; attempt++)
        {
            using SharedFile memory = SharedFile.Create("edgewise-showmap", sizeof(ReplayBlock));
            var block = (ReplayBlock*)memory.Start;
            (ProcessEnd end, IReadOnlyList<string> lines) = RunOnce(memory, block, first, attempt, cancellation);
            Key = block->Key.Length > 0 ? block->Key : Key;
            Target = block->Target.Length > 0 ? block->Target : Target;
            _doneBefore += block->Done;
            switch (block->State)
            {
                case WorkerState.Done:
                    return;
                case WorkerState.More:
                    first = block->Next;
                    deaths = 0;
                    break;
                case WorkerState.Failed:
                    throw new HostingException(block->Error);
                case WorkerState.Running when block->IsInTarget != 0:
                    died(block->InFlight, FateOf(end, lines), order.DeadPath);
                    first = FirstBehind(block->InFlight);
                    deaths = 0;
                    break;
                default:
                    if (++deaths >= MostDeathsBetweenCalls)
                    {
                        throw new HostingException($"{order.Settings.TargetPath}: worker processes end between calls of the target: {Describe(end)}{(lines.Count > 0 ? $"; it wrote: {lines[0]}" : "")}");
                    }

                    first = FirstBehind(block->State == WorkerState.Running ? block->InFlight : first);
                    break;
            }
        }
    }

    // What ran before it in its chunk is not written down yet, unless each entry has a process of its own.
    private int FirstBehind(int entry) => order.Settings.Isolation == Isolation.Process ? entry : ReplayPlan.NextChunk(entry) - ReplayPlan.ChunkSize;

    private (ProcessEnd End, IReadOnlyList<string> Lines) RunOnce(SharedFile memory, ReplayBlock* block, int first, int attempt, CancellationToken cancellation)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{order.Worker}-{attempt}");
        string orderPath = Path.Combine(folder, $"{name}.order");
        (order with { BlockPath = memory.Path, IndexPath = Path.Combine(folder, $"{name}.index"), First = first }).Write(orderPath);
        ProcessStartInfo start = ThisProgram.StartWith(typeof(ReplayProcess).Assembly);
        start.Environment[ReplayOrder.Variable] = orderPath;
        using var stirred = new AutoResetEvent(initialState: false);
        using var worker = WorkerProcess.Start(start, () => stirred.Set());
        var watch = new LimitWatch(worker, order.Settings.Timeout, order.Settings.MemoryLimit);
        for (int round = 0; !worker.HasEnded; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            stirred.WaitOne(WatchMilliseconds);
            Watch(watch, block, round);
            _done = _doneBefore + Volatile.Read(ref block->Done);
        }

        _killedFor = watch.KilledFor;
        return (worker.WaitForEnd(), worker.FirstErrorLines());
    }

    private void Watch(LimitWatch watch, ReplayBlock* block, int round)
    {
        if (watch.KilledFor is not null)
        {
            return;
        }

        watch.LookAtTime(Volatile.Read(ref block->Calls), Volatile.Read(ref block->IsInTarget) != 0);
        if (order.Settings.MemoryLimit > 0 && round % MemoryChecksEvery == MemoryChecksEvery - 1 && block->IsInTarget != 0)
        {
            watch.LookAtMemory();
        }
    }

    private EntryOutcome FateOf(ProcessEnd end, IReadOnlyList<string> lines) => _killedFor switch
    {
        ProcessLimit.Time => new EntryOutcome(EntryFate.TimedOut, string.Create(CultureInfo.InvariantCulture, $"more than {order.Settings.Timeout.TotalSeconds:0.###} seconds"), 0, 0, 0),
        ProcessLimit.Memory => new EntryOutcome(EntryFate.Crashed, string.Create(CultureInfo.InvariantCulture, $"more than {order.Settings.MemoryLimit} MiB of memory"), 0, 0, 0),
        _ => new EntryOutcome(EntryFate.Crashed, lines.Count > 0 ? $"{lines[0]} ({Describe(end)})" : Describe(end), 0, 0, 0),
    };

    private static string Describe(ProcessEnd end) =>
        end.Signal is { } signal ? $"the process was ended by signal {signal} ({SignalNames.Of(signal)})" : $"the process ended with exit code {end.ExitCode}";
}
