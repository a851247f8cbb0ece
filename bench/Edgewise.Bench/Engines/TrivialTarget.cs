using Edgewise.Exploration;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;

namespace Edgewise.Bench.Engines;

/// <summary>A run of a few draws and one discovery: all that is measured beside it is the engine.</summary>
internal sealed class TrivialTarget : ITimelineTarget
{
    private readonly byte[] _counters = new byte[64];

    /// <inheritdoc/>
    public Span<byte> Counters => _counters;

    /// <inheritdoc/>
    public TimelineEnd Run(RandomSource random, Journal journal)
    {
        for (int i = 0; i < 16; i++)
        {
            _counters[random.Below(_counters.Length)]++;
        }

        journal.Add(DiscoveryKind.FirstReach, 1, 0, random);
        return TimelineEnd.Good;
    }
}
