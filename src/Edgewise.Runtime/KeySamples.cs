using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Edgewise.Runtime;

/// <summary>Some keys of dictionaries that cannot be asked for one without an allocation. They are taken seldom, and kept for as many look-ups.</summary>
/// <remarks>
/// A place is one table's until it was asked for often enough, also for others, so that tables that share it do not take turns at each look-up.
/// Threads may overwrite each other's places; each reads one that belongs together.
/// </remarks>
internal static class KeySamples
{
    private const int Places = 256;
    private const int MostKeys = 64;
    private const int FirstUses = 16;
    private const int MostUses = 16_384;

    private static readonly Sample?[] Samples = new Sample?[Places];

    /// <summary>One of the keys of a dictionary of the framework.</summary>
    /// <param name="table">The dictionary; others than those known here are not touched.</param>
    /// <param name="turn">Which key.</param>
    /// <returns>Null where there is none, or none is known.</returns>
    public static string? Choose<TValue>(object table, uint turn)
    {
        if (table is FrozenDictionary<string, TValue> frozen)
        {
            ImmutableArray<string> keys = frozen.Keys;
            return keys.Length == 0 ? null : keys[(int)(turn % (uint)keys.Length)];
        }

        if (!IsKnown<TValue>(table.GetType()))
        {
            return null;
        }

        ref Sample? place = ref Samples[RuntimeHelpers.GetHashCode(table) % Places];
        Sample? sample = place;
        bool isOwn = sample is not null && sample.Table.TryGetTarget(out object? owner) && ReferenceEquals(owner, table);
        if (sample is null || ++sample.Uses > sample.MostUses)
        {
            sample = place = Take<TValue>(table, isOwn ? sample!.MostUses * 2 : FirstUses);
            isOwn = true;
        }

        return isOwn && sample.Keys.Length > 0 ? sample.Keys[turn % (uint)sample.Keys.Length] : null;
    }

    // Types that derive from these may enumerate in a way of their own.
    private static bool IsKnown<TValue>(Type type) =>
        type == typeof(ConcurrentDictionary<string, TValue>) || type == typeof(SortedDictionary<string, TValue>) || type == typeof(SortedList<string, TValue>)
        || type == typeof(ImmutableDictionary<string, TValue>) || type == typeof(ImmutableSortedDictionary<string, TValue>);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Sample Take<TValue>(object table, int uses)
    {
        List<string> keys = new(MostKeys);
        try
        {
            foreach (KeyValuePair<string, TValue> entry in (IEnumerable<KeyValuePair<string, TValue>>)table)
            {
                keys.Add(entry.Key);
                if (keys.Count == MostKeys)
                {
                    break;
                }
            }
        }
        catch (InvalidOperationException)
        {
            // Another thread changed the table, which is for the look-up itself to find out.
        }

        return new Sample(new WeakReference<object>(table), [.. keys], Math.Min(uses, MostUses));
    }

    private sealed class Sample(WeakReference<object> table, string[] keys, int mostUses)
    {
        public WeakReference<object> Table { get; } = table;

        public string[] Keys { get; } = keys;

        public int MostUses { get; } = mostUses;

        // Threads may lose each other's counts.
        public int Uses { get; set; }
    }
}
