using Edgewise.Exploration.Randomness;

namespace Edgewise.Exploration.Journals;

/// <summary>
/// What one run found, in the order in which it was found, without a limit. Each state stands in it once, at its best value: the run alone decides what
/// is in it, never what other runs found, so that a timeline gives the same journal in every process.
/// </summary>
public sealed class Journal
{
    private readonly List<Description> _descriptions = [];
    private readonly List<Tally> _tallies = [];
    private Discovery[] _discoveries = new Discovery[64];
    private IJournalObserver? _observer;

    /// <summary>Number of discoveries.</summary>
    public int Count { get; private set; }

    /// <summary>The discoveries.</summary>
    public ReadOnlySpan<Discovery> Discoveries => _discoveries.AsSpan(0, Count);

    /// <summary>How often the properties of the run were asked, as far as it says.</summary>
    public IReadOnlyList<Tally> Tallies => _tallies;

    /// <summary>Names of states and properties that were not described to this process before. They are no part of what a timeline gives.</summary>
    public IReadOnlyList<Description> Descriptions => _descriptions;

    /// <summary>Empties the journal for the next run.</summary>
    public void Clear()
    {
        Count = 0;
        _descriptions.Clear();
        _tallies.Clear();
    }

    /// <summary>Tells an observer of each entry from now on, as it is made; null ends that.</summary>
    public void Observe(IJournalObserver? observer) => _observer = observer;

    /// <summary>Names a state or a property; once in a process is enough.</summary>
    public void Describe(Description description)
    {
        _descriptions.Add(description);
        _observer?.Described(description);
    }

    /// <summary>Says how often a property was asked; once a run and property, at its end.</summary>
    public void Add(Tally tally) => _tallies.Add(tally);

    /// <summary>Adds a discovery that the run has not made before, as of now.</summary>
    /// <returns>Its place, for <see cref="Improve"/>.</returns>
    public int Add(DiscoveryKind kind, ulong state, long value, RandomSource random, ulong family = 0)
    {
        if (Count == _discoveries.Length)
        {
            Array.Resize(ref _discoveries, 2 * Count);
        }

        _discoveries[Count] = new Discovery(kind, state, value, random.Segment, random.Count, family);
        _observer?.Discovered(Count, _discoveries[Count]);
        return Count++;
    }

    /// <summary>A discovery has a better value now.</summary>
    public void Improve(int place, long value, RandomSource random)
    {
        ref Discovery discovery = ref _discoveries.AsSpan(0, Count)[place];
        discovery = discovery with { Value = value, Segment = random.Segment, Count = random.Count };
        _observer?.Discovered(place, discovery);
    }
}
