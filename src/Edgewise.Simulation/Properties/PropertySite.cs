using System.Runtime.CompilerServices;
using Edgewise.Annotations;
using Edgewise.Exploration.Randomness;

namespace Edgewise.Simulation.Properties;

/// <summary>What one process knows of one property: its identity, and how it fares in the run that goes on.</summary>
internal sealed class PropertySite
{
    private const int NoEntry = -1;

    private BucketTable?[] _buckets = [];

    public PropertySite(PropertyKind kind, string message)
    {
        Kind = kind;
        Message = message;
        State = SeedMixing.Mix(SeedMixing.Of(message), (ulong)kind);
    }

    public PropertyKind Kind { get; }

    public string Message { get; }

    /// <summary>Identity of the property, from its kind and message.</summary>
    public ulong State { get; }

    /// <summary>The identities of a <see cref="PropertyKind.SometimesEach"/> with some number of keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BucketTable BucketsOf(int width)
    {
        BucketTable?[] tables = _buckets;
        return width < tables.Length && tables[width] is { } table ? table : AddBuckets(width);
    }

    /// <summary>Whether this process described the property as a number.</summary>
    public bool IsNumberDescribed { get; set; }

    // What follows belongs to the run of the stamp.
    public int Run { get; private set; }

    public long Holds { get; set; }

    public long Fails { get; set; }

    /// <summary>Place of the property's own discovery in the journal; negative if there is none.</summary>
    public int Entry { get; set; } = NoEntry;

    /// <summary>Best value of the run, larger is better.</summary>
    public long Best { get; set; } = long.MinValue;

    /// <summary>Combinations of a <see cref="PropertyKind.SometimesAll"/> that the run saw.</summary>
    public HashSet<ulong> Combinations { get; } = [];

    /// <summary>Combinations that this process described.</summary>
    public HashSet<ulong> Described { get; } = [];

    public bool HasEntry => Entry >= 0;

    public void Begin(int run)
    {
        Run = run;
        Holds = 0;
        Fails = 0;
        Entry = NoEntry;
        Best = long.MinValue;
        Combinations.Clear();
    }

    private BucketTable AddBuckets(int width)
    {
        if (width >= _buckets.Length)
        {
            Array.Resize(ref _buckets, width + 1);
        }

        return _buckets[width] ??= new BucketTable(State, width);
    }
}
