using Edgewise.Exploration;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;

namespace Edgewise.Tests.Exploration;

/// <summary>A ladder of floors, each left by one draw in some; the top is the bug. Counters tell the floor too, in a point each.</summary>
internal sealed class FloorGame(int floors, int odds, bool tells = true) : ITimelineTarget
{
    private readonly byte[] _counters = new byte[floors + 1];

    public Span<byte> Counters => _counters;

    public int Runs { get; private set; }

    public static ulong StateOf(int floor) => SeedMixing.Mix(77, (ulong)floor);

    public TimelineEnd Run(RandomSource random, Journal journal)
    {
        Runs++;
        for (int floor = 0; floor < floors; floor++)
        {
            _counters[floor]++;
            if (tells)
            {
                journal.Add(DiscoveryKind.NewKey, StateOf(floor), 0, random);
            }

            if (random.Below(odds) != odds / 2)
            {
                return TimelineEnd.Good;
            }
        }

        _counters[floors]++;
        return new TimelineEnd(BugKind.PropertyViolated, "top", "the top was reached");
    }
}
