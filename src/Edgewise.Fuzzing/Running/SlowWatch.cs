using Edgewise.Fuzzing.Campaigns;
using Edgewise.Supervision.Workers;

namespace Edgewise.Fuzzing.Running;

/// <summary>Keeps the inputs of executions that take long, while they run: afterwards other inputs stand in their place.</summary>
/// <param name="from">Time from which on an execution is told of.</param>
internal sealed unsafe class SlowWatch(TimeSpan from)
{
    // libFuzzer's: the next one that is told has to be slower by a tenth.
    private const double SlowerBy = 1.1;

    private byte[]? _input;
    private TimeSpan _time;
    private TimeSpan _told;

    /// <summary>Looks at the execution in flight. To be called whenever the watch has looked.</summary>
    /// <returns>The execution that has ended since and took so long that it is told of; null where none did.</returns>
    public SlowRun? Look(CampaignMemory memory, LimitWatch watch)
    {
        if (_input is { } input && watch.InFlight < _time)
        {
            _told = _time;
            _input = null;
            return new SlowRun(input, _told);
        }

        _time = watch.InFlight;
        if (_input is null && _time >= from && _time > _told * SlowerBy)
        {
            _input = new ReadOnlySpan<byte>(memory.Input, memory.Header->InputLength).ToArray();
        }

        return null;
    }
}
