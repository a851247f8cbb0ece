using System.Runtime.InteropServices;
using Edgewise.Exploration;
using Edgewise.Exploration.Engines.Workers;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;

namespace Explored;

/// <summary>
/// Climbs eight floors, each behind a gate of one in six tries, and journals each; the eighth is a bug. Its first draw says which mishap, if any, ends it
/// in the middle. Counts each kind of step in its counters.
/// </summary>
public sealed unsafe class FloorTarget : ITimelineTarget, IOwnedCounterPages
{
    public const int CounterCount = 40;
    public const int Floors = 8;
    private const int Fates = 64;
    private const int MishapAttempt = 20;
    private const int Tries = 60;

    private readonly byte* _pages;
    private readonly int _pagesSize = Environment.SystemPageSize;
    private readonly HashSet<int> _described = [];

    public FloorTarget()
    {
        _pages = (byte*)NativeMemory.AlignedAlloc((nuint)_pagesSize, (nuint)_pagesSize);
        new Span<byte>(_pages, _pagesSize).Clear();
        // A pool that has a thread already counts on it.
        Mishaps.WaitForPool();
    }

    /// <summary>Sleeps now and then, by real chance.</summary>
    public bool HasRandomDelays { get; init; }

    /// <summary>False: the engine leaves the counters where they are.</summary>
    public bool OwnsPages { get; init; } = true;

    /// <inheritdoc/>
    public Span<byte> Counters => new(_pages, CounterCount);

    /// <inheritdoc/>
    public Span<byte> CounterPages => OwnsPages ? new(_pages, _pagesSize) : [];

    /// <inheritdoc/>
    public TimelineEnd Run(RandomSource random, Journal journal)
    {
        int floor = 0;
        var mishap = FateOf(random);
        journal.Add(DiscoveryKind.FirstReach, 1000, 0, random);
        int watermark = journal.Add(DiscoveryKind.Watermark, 1001, 0, random);
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            if (HasRandomDelays && Random.Shared.Next(200) == 0)
            {
                Thread.Sleep(Random.Shared.Next(3));
            }

            int side = random.Below(8);
            Counters[16 + side]++;
            if (attempt == MishapAttempt)
            {
                Mishaps.Happen(mishap, random, journal);
            }

            if (random.Below(6) != 0)
            {
                continue;
            }

            floor++;
            Counters[floor]++;
            if (_described.Add(floor))
            {
                journal.Describe(new Description((ulong)floor, "reachable", "floor", $"number={floor}"));
            }

            journal.Add(DiscoveryKind.FirstTrue, (ulong)floor, 0, random);
            journal.Improve(watermark, floor, random);
            if (floor == Floors)
            {
                return new TimelineEnd(BugKind.PropertyViolated, "floor eight", "the eighth floor was reached\nafter all");
            }
        }

        journal.Add(new Tally(7, floor, Tries - floor));
        return TimelineEnd.Good;
    }

    /// <summary>The first draw of a run, as what it means.</summary>
    public static Mishap FateOf(RandomSource random)
    {
        var fate = (Mishap)random.Below(Fates);
        return Enum.IsDefined(fate) ? fate : Mishap.None;
    }

    /// <summary>The n-th root seed, from 0, whose runs have a mishap.</summary>
    public static ulong SeedOf(Mishap mishap, int n = 0)
    {
        for (ulong seed = 1; ; seed++)
        {
            if (FateOf(new RandomSource(seed)) == mishap && n-- == 0)
            {
                return seed;
            }
        }
    }
}
