using System.Buffers.Binary;
using System.Numerics;

namespace Edgewise.Showmap.Differential.Reading;

/// <summary>Gives each edge id, as the bytes that stand in the files, a dense number.</summary>
/// <remarks>
/// Several threads ask at once. Which of them sees an id first decides its number, so numbers differ from run to run: nothing that is
/// shown may depend on them. Readers take no lock: a name is written before the slot that tells of it, and a table that became too
/// small is replaced as a whole.
/// </remarks>
public sealed class EdgeNames
{
    private const int FirstCapacity = 1 << 12;
    private const ulong Odd = 0x9E3779B97F4A7C15, OtherOdd = 0xD6E8FEB86659FD93;

    private readonly Lock _adding = new();
    private Table _table = new(FirstCapacity);
    private int _count;

    /// <summary>How many ids have a number.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The bytes of a number's id.</summary>
    public byte[] NameOf(int edge) => Volatile.Read(ref _table).Names[edge];

    /// <summary>The number of an id, which is given to it if it has none.</summary>
    public int NumberOf(ReadOnlySpan<byte> name)
    {
        uint hash = Hash(name);
        int edge = Volatile.Read(ref _table).Find(name, hash, out _);
        return edge >= 0 ? edge : Add(name, hash);
    }

    private int Add(ReadOnlySpan<byte> name, uint hash)
    {
        lock (_adding)
        {
            int edge = _table.Find(name, hash, out int slot);
            if (edge >= 0)
            {
                return edge;
            }

            edge = _count;
            if (edge == _table.Names.Length)
            {
                Volatile.Write(ref _table, _table.Doubled(edge));
                _table.Find(name, hash, out slot);
            }

            _table.Names[edge] = name.ToArray();
            Volatile.Write(ref _table.Slots[slot], (long)((ulong)hash << 32 | (uint)(edge + 1)));
            Volatile.Write(ref _count, edge + 1);
            return edge;
        }
    }

    // Multiply and fold, eight bytes a step; the last step takes the last eight bytes, where ids of one module differ.
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = (ulong)name.Length * Odd;
        if (name.Length < sizeof(ulong))
        {
            ulong word = 0;
            foreach (byte b in name)
            {
                word = word << 8 | b;
            }

            return Fold(hash, word);
        }

        ReadOnlySpan<byte> rest = name;
        for (; rest.Length > sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            ulong high = Math.BigMul(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest), Odd, out ulong low);
            hash = high ^ low;
        }

        return Fold(hash, BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]));
    }

    private static uint Fold(ulong hash, ulong word)
    {
        ulong high = Math.BigMul(hash ^ word ^ OtherOdd, Odd, out ulong low);
        ulong folded = (high ^ low) * OtherOdd;
        return (uint)(folded >> 32);
    }

    // A slot is 0, or a hash with the number + 1 below it. At most half of the slots are taken.
    private sealed class Table(int capacity)
    {
        public readonly byte[][] Names = new byte[capacity][];
        public readonly long[] Slots = new long[(int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];

        public int Find(ReadOnlySpan<byte> name, uint hash, out int slot)
        {
            int mask = Slots.Length - 1;
            for (slot = (int)hash & mask; ; slot = (slot + 1) & mask)
            {
                long taken = Volatile.Read(ref Slots[slot]);
                if (taken == 0)
                {
                    return -1;
                }

                int edge = (int)(uint)taken - 1;
                if ((uint)(taken >> 32) == hash && Names[edge].AsSpan().SequenceEqual(name))
                {
                    return edge;
                }
            }
        }

        public Table Doubled(int count)
        {
            Table doubled = new(checked(Names.Length * 2));
            Names.AsSpan(0, count).CopyTo(doubled.Names);
            int mask = doubled.Slots.Length - 1;
            foreach (long taken in Slots)
            {
                if (taken != 0)
                {
                    int slot = (int)(uint)(taken >> 32) & mask;
                    while (doubled.Slots[slot] != 0)
                    {
                        slot = (slot + 1) & mask;
                    }

                    doubled.Slots[slot] = taken;
                }
            }

            return doubled;
        }
    }
}
