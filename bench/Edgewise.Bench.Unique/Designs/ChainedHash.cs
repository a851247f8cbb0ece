using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Edgewise.Runtime.Sessions;

namespace Edgewise.Bench.Unique.Designs;

/// <summary>The patch series: 2¹⁵ chains, Jenkins' hash over the entry, entries from a pool of as many as the area has words. Optionally of its hashed edges.</summary>
/// <remarks>
/// The series never empties it before the last close; here a reset clears the heads. Its pool is the kernel's genalloc, which is slower than the one here, a pointer that
/// moves. Built with compares, the series hashes 32 bytes an entry, and not the eight that are hashed here.
/// </remarks>
internal unsafe struct ChainedHash : IUniqueDesign
{
    private const int HeadBits = 15;
    private const ulong OffsetInPage = 0xFFF;
    private const ulong GoldenRatio = 0x61C8864680B583EB;

    private readonly Entry** _heads;
    private readonly Entry* _pool;
    private readonly uint _poolLength;
    private readonly bool _isOfEdges;
    private uint _used;
    private ulong _before;
    private TraceArea _area;

    // As long as a slot of the series' pool.
    [StructLayout(LayoutKind.Sequential, Size = 32)]
    private struct Entry
    {
        public ulong Word;
        public Entry* Next;
        public Entry** Before;
    }

    public ChainedHash(int words, bool isOfEdges)
    {
        _area = PcArea.Allocate(words);
        _isOfEdges = isOfEdges;
        _heads = (Entry**)NativeMemory.AllocZeroed(1u << HeadBits, (nuint)sizeof(Entry*));
        _poolLength = (uint)words;
        _pool = (Entry*)NativeMemory.AllocZeroed(_poolLength, (nuint)sizeof(Entry));
    }

    public readonly long Recorded => _area.Count;

    public long Lost { get; private set; }

    public readonly long StateBytes => ((1L << HeadBits) * sizeof(Entry*)) + (_poolLength * (long)sizeof(Entry));

    // A walk along a chain is all one way.
    public readonly bool IsSettled(ulong pc, uint* guard) => false;

    public void Record(ulong pc, uint* guard)
    {
        ulong word = pc;
        if (_isOfEdges)
        {
            word ^= ((_before & OffsetInPage) * GoldenRatio) & OffsetInPage;
            _before = pc;
        }

        Entry** head = _heads + (Jenkins(word) >> (32 - HeadBits));
        for (Entry* entry = *head; entry != null; entry = entry->Next)
        {
            if (entry->Word == word)
            {
                return;
            }
        }

        if (_used == _poolLength)
        {
            Lost++;
            return;
        }

        Entry* fresh = _pool + _used++;
        fresh->Word = word;
        fresh->Next = *head;
        fresh->Before = head;
        if (*head != null)
        {
            (*head)->Before = &fresh->Next;
        }

        *head = fresh;
        _area.Append(word);
    }

    public void Reset()
    {
        _area.Clear();
        Lost = 0;
        _used = 0;
        _before = 0;
        NativeMemory.Clear(_heads, (nuint)(1 << HeadBits) * (nuint)sizeof(Entry*));
    }

    public readonly ulong[] Found() => PcArea.Words(_area);

    public readonly void Free()
    {
        PcArea.Free(_area);
        NativeMemory.Free(_heads);
        NativeMemory.Free(_pool);
    }

    // lookup2's successor lookup3 by Bob Jenkins, its final mix over one key of eight bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Jenkins(ulong key)
    {
        const uint Start = 0xDEADBEEF + 8;
        uint a = Start + (uint)key, b = Start + (uint)(key >> 32), c = Start;
        c ^= b;
        c -= BitOperations.RotateLeft(b, 14);
        a ^= c;
        a -= BitOperations.RotateLeft(c, 11);
        b ^= a;
        b -= BitOperations.RotateLeft(a, 25);
        c ^= b;
        c -= BitOperations.RotateLeft(b, 16);
        a ^= c;
        a -= BitOperations.RotateLeft(c, 4);
        b ^= a;
        b -= BitOperations.RotateLeft(a, 14);
        c ^= b;
        c -= BitOperations.RotateLeft(b, 24);
        return c;
    }
}
