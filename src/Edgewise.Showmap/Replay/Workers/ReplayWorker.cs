using Edgewise.Hosting.Images;
using Edgewise.Showmap.Corpora;
using Edgewise.Showmap.Replay.Records;
using Edgewise.Showmap.Replay.Targets;

namespace Edgewise.Showmap.Replay.Workers;

/// <summary>Replays a worker's share of the entries, and writes down what each hit.</summary>
internal sealed unsafe class ReplayWorker : IDisposable
{
    // What is longer is read again for the second run.
    private const int LongestKept = 1 << 20;

    private readonly ReplayOrder _order;
    private readonly ReplayBlock* _block;
    private readonly ImageCache _images;
    private readonly EntryReader _reader;
    private readonly ReplayEntry[] _plan;
    private readonly HashSet<int> _dead;
    private readonly HashSet<ContentHash> _known = [];
    private readonly Func<int, int, ulong> _pcOf;

    private IReplayTarget _target;
    private EntryRunner _runner;
    private RecordWriter? _records;
    private string _folder = "";
    private int _toldModules;

    public ReplayWorker(ReplayOrder order, ReplayBlock* block, ImageCache images)
    {
        _order = order;
        _block = block;
        _images = images;
        _reader = new EntryReader(order.Settings.LargestEntry);
        _plan = ReplayPlan.Read(order.PlanPath);
        _dead = File.Exists(order.DeadPath) ? [.. File.ReadLines(order.DeadPath).Select(line => int.Parse(line, null))] : [];
        _target = ReplayTarget.Load(order.Settings, images);
        _runner = new EntryRunner(_target, Enter);
        // Of the target at hand: a renewed one has the same modules.
        _pcOf = (module, slot) => _target.PcOf(module, slot);
    }

    /// <summary>Replays until the share is done, or the next entry needs a process of its own.</summary>
    /// <returns>Where it is then.</returns>
    public WorkerState Run()
    {
        string key = ReplayCache.KeyOf(_target.Modules, _order.Settings, _target.Name);
        _folder = Path.Combine(_order.CachePath, key);
        foreach (string file in ReplayCache.Files(_folder, _order.Fingerprint, Session, _order.Settings.UsesCache))
        {
            new RecordReader { Entry = (content, _) => _known.Add(content) }.Read(file);
        }

        _block->Key = key;
        _block->Target = _target.Name;
        _block->State = WorkerState.Running;
        using var index = new RecordWriter(_order.IndexPath);
        // Where the modules are now: what was replayed before may tell of a copy that is gone.
        foreach (ReplayModule module in _target.Modules)
        {
            index.Add(module);
        }

        try
        {
            for (int start = _order.First; start < _plan.Length; start = ReplayPlan.NextChunk(start))
            {
                if (!IsMine(start))
                {
                    continue;
                }

                int end = Math.Min(_plan.Length, ReplayPlan.NextChunk(start));
                if (!RunChunk(start, end, index))
                {
                    return WorkerState.More;
                }
            }

            return WorkerState.Done;
        }
        finally
        {
            _records?.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _records?.Dispose();
        _target.Dispose();
    }

    private string Session => Path.GetFileName(_order.PlanPath);

    private bool IsMine(int entry) => entry / ReplayPlan.ChunkSize % _order.Settings.Workers == _order.Worker;

    private bool RunChunk(int start, int end, RecordWriter index)
    {
        List<Waiting> waiting = [];
        for (int i = start; i < end; i++)
        {
            if (_dead.Contains(i))
            {
                continue;
            }

            if (_reader.Read(_plan[i], out string? problem) is not { } content)
            {
                index.AddIndex(i, null, problem!);
                continue;
            }

            var hash = ContentHash.Of(_plan[i].Kind, content);
            index.AddIndex(i, hash, "");
            if (_known.Add(hash))
            {
                waiting.Add(new Waiting(i, hash, content.Length <= LongestKept ? content : null));
                if (_order.Settings.Isolation == Isolation.Process)
                {
                    Write(waiting[0], Replay(waiting[0]), index);
                    _block->Next = i + 1;
                    _block->Done++;
                    return false;
                }
            }
        }

        RunAll(waiting, index);
        _block->Done += end - start;
        index.Flush();
        return true;
    }

    private void RunAll(List<Waiting> waiting, RecordWriter index)
    {
        var first = new EntryCounts[waiting.Count];
        for (int i = 0; i < waiting.Count; i++)
        {
            first[i] = Replay(waiting[i]);
            if (_order.Settings.Isolation == Isolation.Context)
            {
                Write(waiting[i], first[i], index);
                Renew();
            }
        }

        if (_order.Settings.Isolation == Isolation.None)
        {
            for (int i = waiting.Count - 1; i >= 0; i--)
            {
                first[i] = Stability.Compare(first[i], Replay(waiting[i]));
            }

            for (int i = 0; i < waiting.Count; i++)
            {
                Write(waiting[i], first[i], index);
            }
        }

        _records?.Flush();
    }

    private EntryCounts Replay(Waiting entry)
    {
        _block->InFlight = entry.Index;
        byte[]? content = entry.Content ?? _reader.Read(_plan[entry.Index], out _);
        return _runner.Run(_plan[entry.Index].Kind, content ?? []);
    }

    private void Write(Waiting entry, EntryCounts counts, RecordWriter index)
    {
        if (_records is null)
        {
            Directory.CreateDirectory(_folder);
            _records = new RecordWriter(Path.Combine(_folder, $"{Session}-{Path.GetFileNameWithoutExtension(_order.IndexPath)}.records"));
            _records.Add(_order.Fingerprint);
        }

        IReadOnlyList<ReplayModule> modules = _target.Modules;
        for (; _toldModules < modules.Count; _toldModules++)
        {
            _records.Add(modules[_toldModules]);
        }

        _records.Add(entry.Hash, counts, _pcOf);
        if (_order.Settings.Isolation == Isolation.Process)
        {
            _records.Flush();
            index.Flush();
        }
    }

    private void Renew()
    {
        _target.Dispose();
        _target = ReplayTarget.Load(_order.Settings, _images);
        _runner = new EntryRunner(_target, Enter);
    }

    private void Enter(bool isEntering)
    {
        if (isEntering)
        {
            _block->Calls++;
        }

        Volatile.Write(ref _block->IsInTarget, isEntering ? 1 : 0);
    }

    // A class, so that lists of it need no code of their own.
    private sealed record Waiting(int Index, ContentHash Hash, byte[]? Content);
}
