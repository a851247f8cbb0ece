using System.Runtime.InteropServices;

namespace Edgewise.Runtime.Trace;

/// <summary>
/// A set of 64-bit words, none of them zero, that only grows and takes no lock. It lies in native memory, so that several copies of the Runtime
/// can use one; this is a view of it.
/// </summary>
/// <remarks>
/// A word has a fixed row of places in each table, and is in the first that is free or its own; a place once taken stays taken. So a word that found
/// its whole row full goes to the next table, as every other thread with the same word does, and no word is in the set twice. Each table is twice
/// the one before; nothing ever moves, so <c>index</c> names a word for good.
/// </remarks>
internal readonly unsafe struct WordSet
{
    private const int FirstSize = 1024;
    private const int TableLimit = 20;
    private const int RowLength = 16;

    // count, words that found no room, then the tables.
    private readonly long* _header;

    /// <summary>Views a set at an address.</summary>
    public WordSet(nint header) => _header = (long*)header;

    /// <summary>Bytes of a set's header; they must be zero at first.</summary>
    public static int HeaderSize => (2 + TableLimit) * sizeof(long);

    /// <summary>Number of words.</summary>
    public long Count => Volatile.Read(ref _header[0]);

    /// <summary>How often there was no memory for a word.</summary>
    public long LostCount => Volatile.Read(ref _header[1]);

    /// <summary>Adds a word; allocates managed memory never, native memory only for a new word.</summary>
    /// <param name="word">Anything but zero.</param>
    /// <param name="index">Where it is; -1 where there was no memory.</param>
    /// <returns>True if the word is new.</returns>
    public bool Add(long word, out long index)
    {
        uint hash = (uint)(((ulong)word * 0x9E3779B97F4A7C15) >> 32);
        long first = 0;
        for (int t = 0; t < TableLimit; first += FirstSize << t, t++)
        {
            long* table = Table(t);
            if (table == null)
            {
                break;
            }

            uint row = hash & (uint)((FirstSize << t) - RowLength);
            for (uint place = row; place < row + RowLength; place++)
            {
                long found = Volatile.Read(ref table[place]);
                if (found == 0)
                {
                    found = Interlocked.CompareExchange(ref table[place], word, 0);
                }

                if (found == 0 || found == word)
                {
                    index = first + place;
                    _ = found == 0 ? Interlocked.Increment(ref _header[0]) : 0;
                    return found == 0;
                }
            }
        }

        Interlocked.Increment(ref _header[1]);
        index = -1;
        return false;
    }

    /// <summary>The word at an index that <see cref="Add"/> gave.</summary>
    public long this[long index]
    {
        get
        {
            int table = 0;
            for (; index >= FirstSize << table; table++)
            {
                index -= FirstSize << table;
            }

            return ((long*)_header[2 + table])[index];
        }
    }

    /// <summary>The words as of now, in no order.</summary>
    public List<long> ToList()
    {
        var words = new List<long>();
        for (int t = 0; t < TableLimit && Volatile.Read(ref _header[2 + t]) != 0; t++)
        {
            foreach (long word in new ReadOnlySpan<long>((long*)_header[2 + t], FirstSize << t))
            {
                if (word != 0)
                {
                    words.Add(word);
                }
            }
        }

        return words;
    }

    private long* Table(int number)
    {
        var table = (long*)Volatile.Read(ref _header[2 + number]);
        return table != null ? table : Allocate(number);
    }

    private long* Allocate(int number)
    {
        try
        {
            var fresh = (long*)NativeMemory.AllocZeroed((nuint)(FirstSize << number), sizeof(long));
            long other = Interlocked.CompareExchange(ref _header[2 + number], (long)fresh, 0);
            if (other == 0)
            {
                return fresh;
            }

            NativeMemory.Free(fresh);
            return (long*)other;
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }
}
