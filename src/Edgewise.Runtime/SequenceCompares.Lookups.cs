using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Edgewise.Runtime.Formats;

namespace Edgewise.Runtime;

/// <content>Look-ups by key: the key is compared with one of those that the table has, another one each time; for a callback with several.</content>
public static unsafe partial class SequenceCompares
{
    // Most look-ups take one of the first keys, since a dictionary's are reached one by one; one in so many goes further.
    private const uint NearKeys = 16;
    private const uint FarKeys = 4096;
    private const uint TurnsPerFarKey = 64;
    private const int OffersToCallback = 8;

    private static int _turn;

    /// <summary>A look-up in a dictionary.</summary>
    public static void Key<TValue>(Dictionary<string, TValue>? table, string? key, byte* slot, nint callback, int site)
    {
        if (table is { Count: > 0 } && key is not null)
        {
            for (int offer = Offers(table.Count, callback); offer > 0; offer--)
            {
                Strings(key, KeyAt(table, Choose(table.Count, slot)), slot, callback, site);
            }
        }
    }

    /// <summary>A look-up in whatever dictionary there is.</summary>
    public static void Key<TValue>(IDictionary<string, TValue>? table, string? key, byte* slot, nint callback, int site) =>
        KeyOfAny<TValue>(table, key, slot, callback, site);

    /// <summary>A look-up in whatever dictionary there is.</summary>
    public static void Key<TValue>(IReadOnlyDictionary<string, TValue>? table, string? key, byte* slot, nint callback, int site) =>
        KeyOfAny<TValue>(table, key, slot, callback, site);

    /// <summary>A look-up in a dictionary that threads share.</summary>
    public static void Key<TValue>(ConcurrentDictionary<string, TValue>? table, string? key, byte* slot, nint callback, int site) =>
        KeyOfAny<TValue>(table, key, slot, callback, site);

    /// <summary>A look-up in a set.</summary>
    public static void Key(HashSet<string>? table, string? key, byte* slot, nint callback, int site)
    {
        if (table is { Count: > 0 } && key is not null)
        {
            for (int offer = Offers(table.Count, callback); offer > 0; offer--)
            {
                Strings(key, KeyAt(table, Choose(table.Count, slot)), slot, callback, site);
            }
        }
    }

    /// <summary>A look-up in a frozen dictionary.</summary>
    public static void Key<TValue>(FrozenDictionary<string, TValue>? table, string? key, byte* slot, nint callback, int site)
    {
        if (table is not null && key is not null && table.Keys is { Length: > 0 } keys)
        {
            for (int offer = Offers(keys.Length, callback); offer > 0; offer--)
            {
                Strings(key, keys[(int)(Turn(slot) % (uint)keys.Length)], slot, callback, site);
            }
        }
    }

    /// <summary>A look-up in a frozen set.</summary>
    public static void Key(FrozenSet<string>? table, string? key, byte* slot, nint callback, int site)
    {
        if (table is not null && key is not null && table.Items is { Length: > 0 } keys)
        {
            for (int offer = Offers(keys.Length, callback); offer > 0; offer--)
            {
                Strings(key, keys[(int)(Turn(slot) % (uint)keys.Length)], slot, callback, site);
            }
        }
    }

    // Only collections of the framework are asked for their keys: those of others may do anything meanwhile.
    private static void KeyOfAny<TValue>(object? table, string? key, byte* slot, nint callback, int site)
    {
        switch (table)
        {
            case Dictionary<string, TValue> dictionary:
                Key(dictionary, key, slot, callback, site);
                break;
            case not null when key is not null:
                for (int offer = Offers(OffersToCallback, callback); offer > 0; offer--)
                {
                    Strings(key, KeySamples.Choose<TValue>(table, Turn(slot)), slot, callback, site);
                }

                break;
            default:
                break;
        }
    }

    // A slot keeps one comparison only.
    private static int Offers(int count, nint callback) => callback == 0 ? 1 : Math.Min(count, OffersToCallback);

    // The slot counts its writes; without one any number will do, so that threads may disturb each other.
    private static uint Turn(byte* slot) => slot != null ? SequenceSlots.Turn(slot) : (uint)_turn++;

    private static int Choose(int count, byte* slot)
    {
        uint turn = Turn(slot);
        return (int)((turn % TurnsPerFarKey == TurnsPerFarKey - 1)
            ? turn / TurnsPerFarKey % Math.Min((uint)count, FarKeys)
            : turn % Math.Min((uint)count, NearKeys));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? KeyAt<TValue>(Dictionary<string, TValue> table, int index)
    {
        try
        {
            foreach (KeyValuePair<string, TValue> entry in table)
            {
                if (index-- == 0)
                {
                    return entry.Key;
                }
            }
        }
        catch (InvalidOperationException)
        {
            // Another thread changed the table, which is for the look-up itself to find out.
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? KeyAt(HashSet<string> table, int index)
    {
        try
        {
            foreach (string entry in table)
            {
                if (index-- == 0)
                {
                    return entry;
                }
            }
        }
        catch (InvalidOperationException)
        {
            // As above.
        }

        return null;
    }
}
