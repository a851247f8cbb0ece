using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Edgewise.Exploration.Engines.Forking.Platform;
using Edgewise.Exploration.Engines.Workers;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;
using Edgewise.Exploration.Recipes;

namespace Edgewise.Exploration.Engines.Forking;

/// <summary>
/// A worker that never runs a job itself: it forks a child that does. The child runs to the anchor of its job, and while the next job has the same
/// anchor, forks a child there for the job that it has; the last one it runs to the end itself. So the way to an anchor is gone once, and each process
/// has one job to end.
/// </summary>
/// <remarks>
/// Every process is watched by its parent, and dies with it. Children run one after the other: they share the slot, and the counters where those are in
/// it. All fields are those of the process that reads them: a child goes on with copies.
/// </remarks>
internal sealed class ForkServer : IDrawObserver
{
    private readonly ITimelineTarget _target;
    private readonly TimelineRun _run;
    private readonly WorkerChannel _channel;
    private readonly ResultWriter _writer;
    private readonly WorkerSlot _slot;
    private readonly ForkCounters _counters;
    private readonly int _errorFile = LinuxFork.MakeErrorFile();
    private readonly ForkWatch _watch;
    private readonly byte[] _errorText = new byte[WorkerChannel.PieceSize];
    private readonly ColdPoints _cold = new();
    private bool _isChild;
    private long _number;
    private Job _job;

    private ForkServer(ITimelineTarget target, TimelineRun run, WorkerChannel channel, ResultWriter writer)
    {
        _target = target;
        _run = run;
        _channel = channel;
        _writer = writer;
        _slot = channel.Slot;
        _counters = new ForkCounters(target, _slot);
        _watch = new ForkWatch(_errorFile, _slot);
    }

    /// <summary>Runs the jobs of an engine until it wants no more; on this thread, which must be the only one that does anything.</summary>
    public static void Run(ITimelineTarget target, TimelineRun run, WorkerChannel channel, ResultWriter writer)
    {
        if (!ForkConditions.IsProcessFit(out string why))
        {
            writer.Refuse(why);
            return;
        }

        var server = new ForkServer(target, run, channel, writer);
        server.Serve();
    }

    /// <inheritdoc/>
    public void BeforeDraw(RandomSource source, int bound)
    {
        source.Observe(null);
        _counters.Keep();
        while (!_channel.IsRehearsing && JobCodec.TryPeek(_slot.Jobs, out _, out Job next) && Anchor.IsShared(_job, next))
        {
            if (TryBecomeChild())
            {
                break;
            }

            _ = _channel.TryTakeJob(out _number, out _job);
            Begin();
            _writer.SendJournal(_run.Journal);
            _counters.Restore();
        }

        source.Reseed(_job.Timeline.Recipe[^1].Seed);
    }

    private void Serve()
    {
        _channel.Write(RecordKind.Ready, _counters.Place);
        _channel.WakeEngine();
        bool isWarm = false;
        while (_channel.TryTakeJob(out _number, out _job))
        {
            if (!isWarm)
            {
                WarmUp(new Job(new Timeline(_job.Timeline.RootSeed, Recipe.Empty)));
                isWarm = true;
            }

            _counters.Clear();
            Begin();
            if (TryBecomeChild())
            {
                RunToEnd();
            }
        }
    }

    private void Begin()
    {
        LinuxFork.ClearErrorFile(_errorFile);
        _slot.CurrentJob = _number;
        _writer.Start(_number);
    }

    /// <summary>Forks. The parent waits for the child and tells the engine if it died.</summary>
    /// <returns>True in the child.</returns>
    private bool TryBecomeChild()
    {
        int parent = LinuxFork.GetProcessId();
        bool isNested = _isChild;
        _slot.Watches = isNested ? 1 : 0;
        int child = LinuxFork.Fork();
        if (child == 0)
        {
            EnterChild(parent);
            return true;
        }

        if (child < 0)
        {
            _writer.Refuse("the system refused to fork another process");
            Leave();
        }

        // A child that watches one of its own is not to blame for that one's time, nor one that has gone on to another job.
        DeathRecord death = _watch.Wait(child, _slot.Deadline, () => isNested ? 0 : _slot.Watches != 0 ? -1 : _slot.CurrentJob);
        _slot.Watches = 0;
        _counters.NoteChild(_cold);
        if (_slot.FinishedJob != _slot.CurrentJob)
        {
            int length = LinuxFork.ReadErrorFile(_errorFile, _errorText);
            _writer.Die(death, _counters.OfDeadChild(), _errorText.AsSpan(0, length));
        }

        return false;
    }

    private void EnterChild(int parent)
    {
        _isChild = true;
        if (!LinuxFork.DieWithParent(parent))
        {
            Leave();
        }

        LinuxFork.UseErrorFile(_errorFile);
    }

    [DoesNotReturn]
    private void RunToEnd()
    {
        TimelineEnd end = RunJob();
        if (_cold.Absorb(_target.Counters))
        {
            _writer.Start(_number);
            end = WorkerLoop.RunToEnd(() => _run.Run(_job));
        }

        _writer.SendCounters(_target.Counters);
        _slot.CounterCount = Math.Max(_slot.CounterCount, _target.Counters.Length);
        _slot.FinishedJob = _number;
        _writer.End(end, _run);
        Leave();
    }

    private TimelineEnd RunJob()
    {
        _run.Journal.Observe(_writer);
        if (_job.Timeline.Recipe.Length == 0 || !_job.Marks.IsEmpty)
        {
            return WorkerLoop.RunToEnd(() => _run.Run(_job));
        }

        (Timeline prefix, long draws) = Anchor.Of(_job.Timeline);
        return WorkerLoop.RunToEnd(() => _run.Run(new Job(prefix), this, draws));
    }

    /// <summary>Runs the root timeline here, twice, so that children find everything compiled and initialised; if a child has shown that it can be run.</summary>
    private void WarmUp(Job root)
    {
        ForkCode.Prepare();
        _channel.IsRehearsing = true;
        List<Description> descriptions = [];
        if (IsHarmless(root))
        {
            // The second has an anchor that is never reached, so it is the same run the way that children take.
            Job asChild = new(root.Timeline with { Recipe = Recipe.Of(new Reseed(long.MaxValue, 1), new Reseed(long.MaxValue, 2)) });
            Job first = _job;
            foreach (Job job in (Job[])[root, asChild])
            {
                _job = job;
                TimelineEnd end = RunJob();
                _cold.Absorb(_target.Counters);
                _writer.SendCounters(_target.Counters);
                _writer.End(end, _run);
                descriptions.AddRange(_run.Journal.Descriptions);
            }

            // And what they do at an anchor.
            BeforeDraw(new RandomSource(0), 0);
            _ = Anchor.IsShared(_job, _job);
            _job = first;
        }

        _channel.IsRehearsing = false;
        // This process names nothing twice, so its children never will.
        foreach (Description description in descriptions)
        {
            _writer.Described(description);
        }
    }

    private bool IsHarmless(Job root)
    {
        int parent = LinuxFork.GetProcessId();
        int child = LinuxFork.Fork();
        if (child == 0)
        {
            EnterChild(parent);
            _ = WorkerLoop.RunToEnd(() => _run.Run(root));
            Leave();
        }

        DeathRecord death = child < 0 ? default : _watch.Wait(child, _slot.Deadline, static () => 0);
        return death is { Cause: DeathCause.Exit, Number: 0 };
    }

    [DoesNotReturn]
    private static void Leave()
    {
        LinuxFork.Exit(0);
        throw new UnreachableException();
    }
}
