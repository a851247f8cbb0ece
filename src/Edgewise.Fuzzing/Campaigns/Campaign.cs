using Edgewise.Annotations;
using Edgewise.Fuzzing.Execution;
using Edgewise.Fuzzing.Feedbacks;
using Edgewise.Fuzzing.Guidance;
using Edgewise.Fuzzing.Mutation;
using Edgewise.Fuzzing.Observers;
using Edgewise.Fuzzing.Scheduling;

namespace Edgewise.Fuzzing.Campaigns;

/// <summary>
/// Searches for inputs that do something new: picks an entry, mutates it, runs it, keeps it if it taught anything. No decision reads a clock, so that the same
/// seed gives the same campaign on any machine; and all that it knows stands in its memory, so that another process can go on with it.
/// </summary>
internal sealed unsafe class Campaign
{
    private const int ShortestLimit = 4;
    private const int RefreshMask = 0xFFF;

    private readonly CampaignMemory _memory;
    private readonly CampaignOptions _options;
    private readonly Executor _executor;
    private readonly FeatureFeedback _feedback;
    private readonly EntropicSchedule _schedule;
    private readonly Mutations _mutations;
    private readonly CompareStage? _compareStage;
    private readonly ICampaignListener _listener;
    private readonly int _maxLength;

    // Set by whoever wants the campaign to end, read by its own thread.
    private volatile bool _isStopped;
    private bool _isDone;

    /// <summary>A campaign over a memory, new or another process's.</summary>
    public Campaign(CampaignMemory memory, CampaignOptions options, Executor executor, CustomMutations custom, IEnumerable<IExtraObserver> observers, ICampaignListener listener)
    {
        _memory = memory;
        _options = options;
        _executor = executor;
        _listener = listener;
        _maxLength = Math.Min(options.MaxLength > 0 ? options.MaxLength : CampaignOptions.UsualLength, memory.Header->Sizes.InputRoom);
        _feedback = new FeatureFeedback(memory, observers);
        _schedule = new EntropicSchedule(memory);
        _mutations = new Mutations(memory, options.Dictionary, custom, options.IsAscii, options.CrossesOver);
        EngineMutation.Connect(MutateInPlace);
        _compareStage = options.UsesCompares && executor.Comparing is not null ? new CompareStage(memory, executor, _mutations, ConsiderCompared, _maxLength) : null;
    }

    /// <summary>True once nothing more is to be executed.</summary>
    public bool IsOver => _isStopped || (_options.Runs >= 0 && _memory.Header->Executions >= _options.Runs);

    /// <summary>True where somebody asked it to end.</summary>
    public bool WasStopped => _isStopped && !_isDone;

    /// <summary>Asks the campaign to end after the execution at hand; from any thread.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Runs an input that someone brought, and keeps it if it taught anything.</summary>
    /// <param name="seed">The input.</param>
    /// <param name="isFixed">True to keep it as it is: no shorter input takes its place.</param>
    /// <returns>True if it was kept.</returns>
    public bool AddSeed(ReadOnlySpan<byte> seed, bool isFixed = false)
    {
        // As many as there are, whatever the number of runs: seeds are what a campaign begins with.
        if (_isStopped)
        {
            return false;
        }

        int length = Math.Min(seed.Length, _memory.Header->Sizes.InputRoom);
        seed[..length].CopyTo(new Span<byte>(_memory.Input, length));
        if (!AddInput(length))
        {
            return false;
        }

        (_memory.Entries + _memory.Header->EntryCount - 1)->IsFixed = isFixed ? (byte)1 : (byte)0;
        return true;
    }

    /// <summary>Runs the first inputs of a campaign without seeds: nothing, and a line feed, which becomes an entry whatever it teaches.</summary>
    public void Begin()
    {
        AddInput(0);
        if (_memory.Header->EntryCount == 0 && !_isStopped)
        {
            *_memory.Input = (byte)'\n';
            if (!AddInput(1))
            {
                Keep(1, [], -1);
            }
        }

        _memory.Header->NextComparedEntry = int.MaxValue;
        _memory.Header->LengthLimit = _options.LengthControl == 0 ? _maxLength : Math.Min(_maxLength, Math.Max(ShortestLimit, _memory.Header->LongestEntry));
    }

    /// <summary>Searches until it is over.</summary>
    public void Run()
    {
        while (!IsOver)
        {
            Step();
        }
    }

    /// <summary>Picks one entry and does with it what is to be done.</summary>
    public void Step()
    {
        CampaignHeader* header = _memory.Header;
        if (_compareStage is not null && _compareStage.TryStep(() => IsOver))
        {
            return;
        }

        int entry = _schedule.Pick();
        GrowLimit(header);
        MutateAndRun(entry);
    }

    private void MutateAndRun(int entry)
    {
        ReadOnlySpan<byte> data = _memory.DataOf(entry);
        int length = Math.Min(data.Length, _maxLength);
        data[..length].CopyTo(new Span<byte>(_memory.Input, length));
        CampaignHeader* header = _memory.Header;
        header->BaseEntry = entry;
        header->SequenceLength = 0;
        int limit = Math.Min(_maxLength, Math.Max(length, header->LengthLimit));
        for (int depth = 0; depth < _options.MutateDepth && !IsOver; depth++)
        {
            var input = new MutatedInput(new Span<byte>(_memory.Input, limit), length, limit);
            _mutations.Apply(ref input);
            length = input.Length;
            (_memory.Entries + entry)->Mutations++;
            _memory.Header->Mutations++;
            if (RunMutant(length, entry))
            {
                return;
            }
        }
    }

    private bool RunMutant(int length, int entry)
    {
        if (!TryRun(length))
        {
            return false;
        }

        if ((_memory.Header->Executions & RefreshMask) == 0)
        {
            Refresh();
        }

        return _feedback.Look(_executor.Counting.Counters) ? Consider(length, entry) : TryReduce(length, entry);
    }

    private bool AddInput(int length)
    {
        _memory.Header->BaseEntry = -1;
        _memory.Header->SequenceLength = 0;
        if (!TryRun(length))
        {
            return false;
        }

        Refresh();
        return _feedback.Look(_executor.Counting.Counters) && Consider(length, -1);
    }

    // Runs the counting image. False for a finding, which is reported.
    private bool TryRun(int length)
    {
        _feedback.Reset();
        return IsNoFinding(_executor.Run(length), length);
    }

    private bool IsNoFinding(RunEnd end, int length)
    {
        if (end < RunEnd.Crashed)
        {
            return true;
        }

        Report(end, length);
        return false;
    }

    private void Refresh()
    {
        TargetImage image = _executor.Counting;
        if (image.Refresh() && image.PointCount > _memory.Header->Sizes.Points)
        {
            _memory.Resize(image.PointCount);
        }
    }

    // Something was new or rare in the last execution of the counting image.
    private bool Consider(int length, int entry)
    {
        bool isNew = _feedback.CountNew() > 0 && IsNewEachTime(length);
        if (isNew)
        {
            Keep(length, _feedback.Absorb(), entry);
            return true;
        }

        _feedback.Count(_schedule, entry);
        return TryReduce(length, entry);
    }

    // The candidate stands in the room for inputs, and has just run in the comparing image.
    private bool ConsiderCompared(int length, int entry, RunEnd end)
    {
        if (!IsNoFinding(end, length))
        {
            return false;
        }

        bool isCallNew = CalledPairs.FindNew(_memory).Length > 0;
        if (!isCallNew && (!_feedback.Look(_executor.Comparing!.Counters) || _feedback.CountNew() == 0))
        {
            return false;
        }

        // What the other image does counts: it is the one that all else is compared with.
        CampaignHeader* header = _memory.Header;
        header->BaseEntry = entry;
        header->SequenceLength = 1;
        header->Sequence[0] = (byte)Mutator.InputToState;
        return TryRun(length) && ((_feedback.Look(_executor.Counting.Counters) && Consider(length, entry)) || (isCallNew && KeepCalls(length, entry)));
    }

    // Only the comparing image sees which callees indirect calls had. Those that do not come again are never new afterwards, either.
    private bool KeepCalls(int length, int entry)
    {
        uint[] first = CalledPairs.FindNew(_memory);
        CompareLog.Reset();
        RunEnd end = _executor.RunCompares(length);
        uint[] again = CalledPairs.FindNew(_memory);
        CalledPairs.Remember(_memory, first);
        uint[] stable = [.. first.Intersect(again)];
        if (!IsNoFinding(end, length) || stable.Length == 0)
        {
            return false;
        }

        Keep(length, stable, entry);
        return true;
    }

    // Runs it again and masks the points whose counts differ. The last execution's features are found then.
    private bool IsNewEachTime(int length)
    {
        TargetImage image = _executor.Counting;
        byte[]? first = null;
        for (int run = 1; run < _options.StabilityRuns; run++)
        {
            first ??= image.Counters.ToArray();
            if (!TryRun(length))
            {
                return false;
            }

            Refresh();
            Stability.MaskDifferences(_memory, first, image.Counters);
        }

        return first is null || (_feedback.Look(image.Counters) && _feedback.CountNew() > 0);
    }

    private void Keep(int length, ReadOnlySpan<uint> features, int parent)
    {
        int cost = EntryRecord.CostOf(_executor.Counting.Counters, length);
        int number = _memory.Add(new ReadOnlySpan<byte>(_memory.Input, length), features);
        CampaignHeader* header = _memory.Header;
        EntryRecord* entry = _memory.Entries + number;
        entry->Parent = parent;
        entry->FoundAt = header->Executions;
        entry->Cost = cost;
        entry->Origin = header->SequenceLength > 0 ? (Mutator)header->Sequence[header->SequenceLength - 1] : (Mutator)byte.MaxValue;
        header->LastNews = header->Executions;
        header->AreWeightsStale = 1;
        for (int i = 0; i < header->SequenceLength; i++)
        {
            header->Yields[header->Sequence[i]]++;
        }

        if (parent >= 0 && entry->Origin != Mutator.InputToState)
        {
            _mutations.PromoteWords();
        }

        if (parent >= 0)
        {
            (_memory.Entries + parent)->Yields++;
        }

        _listener.Added(number);
    }

    // libFuzzer's REDUCE: shorter, and all that was new with the entry is there.
    private bool TryReduce(int length, int entry)
    {
        if (entry < 0 || !_options.ReducesInputs || length >= _memory.Entries[entry].Length || _memory.Entries[entry].IsFixed != 0
            || !_feedback.HasAll(_memory.FeaturesOf(entry), _executor.Counting.Counters))
        {
            return false;
        }

        byte[] before = _memory.DataOf(entry).ToArray();
        _memory.Replace(entry, new ReadOnlySpan<byte>(_memory.Input, length));
        _memory.Header->LastNews = _memory.Header->Executions;
        _listener.Reduced(entry, before);
        return true;
    }

    private void Report(RunEnd end, int length)
    {
        if (_listener.Crashed(end, _executor.Thrown!, new ReadOnlySpan<byte>(_memory.Input, length)) && !_options.IgnoresCrashes)
        {
            _isDone = true;
            Stop();
        }
    }

    // For mutators of the target's own.
    private int MutateInPlace(Span<byte> room, int length)
    {
        var input = new MutatedInput(room, length, room.Length);
        _mutations.ApplyDefault(ref input);
        return input.Length;
    }

    private void GrowLimit(CampaignHeader* header)
    {
        if (header->LengthLimit < _maxLength)
        {
            int step = System.Numerics.BitOperations.Log2((uint)header->LengthLimit);
            if (header->Executions - Math.Max(header->LastNews, header->LastGrowth) > (long)_options.LengthControl * step)
            {
                header->LengthLimit = Math.Min(_maxLength, header->LengthLimit + step);
                header->LastGrowth = header->Executions;
            }
        }
    }
}
