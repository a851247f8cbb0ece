using System.Runtime.CompilerServices;
using Edgewise.Exploration.Randomness;

namespace Edgewise.Simulation.Properties;

/// <summary>
/// The identities of one property that this process saw: an open-addressing table from the values of a number of keys to a bucket, without a limit.
/// </summary>
/// <remarks>A look-up of a known key is on the hottest path of a simulation: no allocation, no call through an interface.</remarks>
internal sealed class BucketTable(ulong site, int width)
{
    // A power of two; 0 is an empty place, else one more than the bucket's number. At most half full.
    private int[] _places = new int[16];
    private Bucket[] _buckets = new Bucket[8];
    private long[] _keys = new long[8 * width];
    private int _count;

    /// <summary>A bucket's identity, and what the run of its stamp did with it.</summary>
    public struct Bucket
    {
        public ulong State;
        public long Best;
        public int Run;
        public int Entry;
    }

    /// <summary>The bucket of some key values, made if it is new: its run is 0 then, which no run is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Bucket Find(ReadOnlySpan<(string Key, long Value)> keys)
    {
        ulong hash = HashOf(keys);
        int[] places = _places;
        int place = (int)hash & (places.Length - 1);
        while (true)
        {
            int bucket = places[place] - 1;
            if (bucket < 0)
            {
                return ref Add(keys, place);
            }

            if (Matches(bucket, keys))
            {
                return ref _buckets[bucket];
            }

            place = (place + 1) & (places.Length - 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashOf(ReadOnlySpan<(string Key, long Value)> keys)
    {
        ulong hash = 0;
        foreach (ref readonly (string Key, long Value) key in keys)
        {
            hash = (hash ^ (ulong)key.Value) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 32;
        }

        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Matches(int bucket, ReadOnlySpan<(string Key, long Value)> keys)
    {
        ReadOnlySpan<long> values = _keys.AsSpan(bucket * keys.Length, keys.Length);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != keys[i].Value)
            {
                return false;
            }
        }

        return true;
    }

    private ref Bucket Add(ReadOnlySpan<(string Key, long Value)> keys, int place)
    {
        if (_count == _buckets.Length)
        {
            Array.Resize(ref _buckets, 2 * _count);
            Array.Resize(ref _keys, 2 * _count * width);
            place = Rehash(keys);
        }

        ulong state = site;
        for (int i = 0; i < keys.Length; i++)
        {
            _keys[(_count * width) + i] = keys[i].Value;
            state = SeedMixing.Mix(state, (ulong)keys[i].Value);
        }

        _buckets[_count].State = state;
        _places[place] = _count + 1;
        return ref _buckets[_count++];
    }

    // Doubles the places and enters all buckets again; returns where the keys belong.
    private int Rehash(ReadOnlySpan<(string Key, long Value)> keys)
    {
        _places = new int[2 * _places.Length];
        var known = new (string Key, long Value)[width];
        for (int bucket = 0; bucket < _count; bucket++)
        {
            for (int i = 0; i < width; i++)
            {
                known[i].Value = _keys[(bucket * width) + i];
            }

            _places[EmptyPlace(known)] = bucket + 1;
        }

        return EmptyPlace(keys);
    }

    private int EmptyPlace(ReadOnlySpan<(string Key, long Value)> keys)
    {
        int place = (int)HashOf(keys) & (_places.Length - 1);
        while (_places[place] != 0)
        {
            place = (place + 1) & (_places.Length - 1);
        }

        return place;
    }
}
