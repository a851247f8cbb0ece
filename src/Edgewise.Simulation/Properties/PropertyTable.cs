using System.Globalization;
using System.Runtime.CompilerServices;
using Edgewise.Annotations;
using Edgewise.Exploration.Journals;
using Edgewise.Exploration.Randomness;

namespace Edgewise.Simulation.Properties;

/// <summary>
/// The properties that this process met, and what the run that goes on does with them: discoveries go to its journal, the first violation is kept, and
/// at the end how often each was asked. Made once for many runs.
/// </summary>
internal abstract class PropertyTable : SimulationHooks
{
    private const int CacheSize = 256;

    private readonly PropertySite?[] _cache = new PropertySite?[CacheSize];
    private readonly Dictionary<(PropertyKind Kind, string Message), PropertySite> _sites = [];
    // The sites of the run, in the order in which it met them.
    private readonly List<PropertySite> _met = [];

    private Journal _journal = new();
    private RandomSource _random = new(0);
    private int _run;

    /// <summary>The first property that the run violated; null if it did not.</summary>
    public Violation? FirstViolation { get; private set; }

    /// <summary>Begins a run.</summary>
    public void Begin(RandomSource random, Journal journal)
    {
        _random = random;
        _journal = journal;
        _run++;
        _met.Clear();
        FirstViolation = null;
    }

    /// <summary>Ends the run: the journal gets how often each property was asked.</summary>
    public void End()
    {
        foreach (PropertySite site in _met)
        {
            _journal.Add(new Tally(site.State, site.Holds, site.Fails, site.Best));
        }
    }

    /// <inheritdoc/>
    public override void Condition(PropertyKind kind, bool condition, string message, ReadOnlySpan<(string Key, object? Value)> details)
    {
        PropertySite site = Meet(kind, message);
        if (condition)
        {
            site.Holds++;
            if (site.HasEntry || kind is not (PropertyKind.Sometimes or PropertyKind.Reachable))
            {
                return;
            }

            site.Entry = _journal.Add(kind == PropertyKind.Sometimes ? DiscoveryKind.FirstTrue : DiscoveryKind.FirstReach, site.State, 0, _random, site.State);
            return;
        }

        site.Fails++;
        if (kind != PropertyKind.Sometimes)
        {
            Violate(site, details);
        }
    }

    /// <inheritdoc/>
    public override void Numeric(PropertyKind kind, Comparison comparison, long left, long right, string message, ReadOnlySpan<(string Key, object? Value)> details)
    {
        bool holds = comparison switch
        {
            Comparison.GreaterThan => left > right,
            Comparison.GreaterThanOrEqualTo => left >= right,
            Comparison.LessThan => left < right,
            _ => left <= right,
        };
        bool wantsMore = comparison is Comparison.GreaterThan or Comparison.GreaterThanOrEqualTo;
        // ~x turns the order around without an overflow. Of what must always hold, the value nearest to a violation is kept.
        Watch(MeetNumeric(kind, comparison, isFloating: false, message), holds, wantsMore == (kind == PropertyKind.NumericSometimes) ? left : ~left, left, right, details);
    }

    /// <inheritdoc/>
    public override void Numeric(PropertyKind kind, Comparison comparison, double left, double right, string message, ReadOnlySpan<(string Key, object? Value)> details)
    {
        bool holds = comparison switch
        {
            Comparison.GreaterThan => left > right,
            Comparison.GreaterThanOrEqualTo => left >= right,
            Comparison.LessThan => left < right,
            _ => left <= right,
        };
        bool wantsMore = comparison is Comparison.GreaterThan or Comparison.GreaterThanOrEqualTo;
        long order = OrderedDouble.ToOrder(left);
        Watch(MeetNumeric(kind, comparison, isFloating: true, message), holds, wantsMore == (kind == PropertyKind.NumericSometimes) ? order : ~order, left, right, details);
    }

    /// <inheritdoc/>
    public override void All(string message, ReadOnlySpan<(string Name, bool Holds)> conditions, ReadOnlySpan<(string Key, object? Value)> details)
    {
        PropertySite site = Meet(PropertyKind.SometimesAll, message);
        int number = 0;
        ulong combination = SeedMixing.Mix(site.State, (ulong)conditions.Length);
        for (int i = 0; i < conditions.Length; i++)
        {
            if (conditions[i].Holds)
            {
                number++;
                combination = SeedMixing.Mix(combination, (ulong)i);
            }
        }

        if (number == conditions.Length)
        {
            site.Holds++;
        }
        else
        {
            site.Fails++;
        }

        if (number == 0)
        {
            return;
        }

        if (number > site.Best)
        {
            Improve(site, DiscoveryKind.FrontierAdvance, number);
        }

        if (site.Combinations.Add(combination))
        {
            _journal.Add(DiscoveryKind.TruthCombination, combination, 0, _random, site.State);
            if (site.Described.Add(combination))
            {
                var held = new List<string>();
                foreach ((string name, bool holds) in conditions)
                {
                    held.Add(holds ? name : "not " + name);
                }

                Describe(combination, site, string.Join(", ", held));
            }
        }
    }

    /// <inheritdoc/>
    public override void Each(string message, ReadOnlySpan<(string Key, long Value)> keys, ReadOnlySpan<(string Key, long Value)> quality)
    {
        PropertySite site = Meet(PropertyKind.SometimesEach, message);
        site.Holds++;
        ref BucketTable.Bucket bucket = ref site.BucketsOf(keys.Length).Find(keys);
        if (bucket.Run == _run)
        {
            if (quality.IsEmpty)
            {
                return;
            }

            long value = PackedQuality.Pack(quality);
            if (value > bucket.Best)
            {
                bucket.Best = value;
                _journal.Improve(bucket.Entry, value, _random);
            }

            return;
        }

        if (bucket.Run == 0)
        {
            Describe(bucket.State, site, TextOf(keys));
        }

        bucket.Run = _run;
        bucket.Best = PackedQuality.Pack(quality);
        bucket.Entry = _journal.Add(DiscoveryKind.NewKey, bucket.State, bucket.Best, _random, site.State);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PropertySite Meet(PropertyKind kind, string message)
    {
        // Messages are mostly literals: the same object at every call. The place depends on content alone, since objects move.
        int place = message.Length == 0 ? 0 : ((message.Length * 31) + (message[0] * 7) + message[^1] + (int)kind) & (CacheSize - 1);
        PropertySite? site = _cache[place];
        if (site is null || !ReferenceEquals(site.Message, message) || site.Kind != kind)
        {
            site = FindSite(kind, message, place);
        }

        if (site.Run != _run)
        {
            site.Begin(_run);
            _met.Add(site);
        }

        return site;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PropertySite FindSite(PropertyKind kind, string message, int place)
    {
        if (!_sites.TryGetValue((kind, message), out PropertySite? site))
        {
            site = new PropertySite(kind, message);
            _sites.Add((kind, message), site);
            if (kind is not (PropertyKind.NumericAlways or PropertyKind.NumericSometimes))
            {
                Describe(site.State, site, "");
            }
        }

        _cache[place] = site;
        return site;
    }

    // A number's comparison is told with its name: without it, nobody can read the nearest value.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PropertySite MeetNumeric(PropertyKind kind, Comparison comparison, bool isFloating, string message)
    {
        PropertySite site = Meet(kind, message);
        if (!site.IsNumberDescribed)
        {
            site.IsNumberDescribed = true;
            Describe(site.State, site, new WatchedNumber(comparison, isFloating).ToString());
        }

        return site;
    }

    private void Watch<T>(PropertySite site, bool holds, long nearness, T left, T right, ReadOnlySpan<(string Key, object? Value)> details)
    {
        if (holds)
        {
            site.Holds++;
        }
        else
        {
            site.Fails++;
            if (site.Kind == PropertyKind.NumericAlways)
            {
                Violate(site, [("left", left), ("right", right), .. details]);
            }
        }

        if (nearness <= site.Best)
        {
            return;
        }

        if (site.Kind == PropertyKind.NumericSometimes)
        {
            Improve(site, DiscoveryKind.Watermark, nearness);
        }
        else
        {
            site.Best = nearness;
        }
    }

    private void Improve(PropertySite site, DiscoveryKind kind, long value)
    {
        site.Best = value;
        if (site.HasEntry)
        {
            _journal.Improve(site.Entry, value, _random);
        }
        else
        {
            site.Entry = _journal.Add(kind, site.State, value, _random, site.State);
        }
    }

    private void Violate(PropertySite site, ReadOnlySpan<(string Key, object? Value)> details) =>
        FirstViolation ??= new Violation(site.Kind, site.Message, TextOf(details));

    private void Describe(ulong state, PropertySite site, string detail) =>
        _journal.Describe(new Description(state, PropertyNames.Of(site.Kind), site.Message, detail));

    private static string TextOf(ReadOnlySpan<(string Key, long Value)> keys)
    {
        var parts = new string[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            parts[i] = string.Create(CultureInfo.InvariantCulture, $"{keys[i].Key}={keys[i].Value}");
        }

        return string.Join(", ", parts);
    }

    private static string TextOf(ReadOnlySpan<(string Key, object? Value)> details)
    {
        var parts = new string[details.Length];
        for (int i = 0; i < details.Length; i++)
        {
            parts[i] = string.Create(CultureInfo.InvariantCulture, $"{details[i].Key}={details[i].Value ?? "null"}");
        }

        return string.Join(", ", parts);
    }
}
