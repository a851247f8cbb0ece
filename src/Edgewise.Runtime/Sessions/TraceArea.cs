using System.Runtime.CompilerServices;

namespace Edgewise.Runtime.Sessions;

/// <summary>Room for the records of one family, laid out as kcov does: a word with their number, then the records.</summary>
internal unsafe struct TraceArea
{
    /// <summary>The first word; null: there is no area.</summary>
    public ulong* Start;

    /// <summary>Records that there is room for.</summary>
    public ulong Capacity;

    /// <summary>Records for which there was none.</summary>
    public long Lost;

    /// <summary>Most records since the session was made.</summary>
    public ulong HighWater;

    /// <summary>Makes an area of memory.</summary>
    /// <param name="start">Its first word.</param>
    /// <param name="words">Its size.</param>
    /// <param name="recordWords">Words of a record.</param>
    public TraceArea(ulong* start, int words, int recordWords)
    {
        Start = start;
        Capacity = (ulong)((words - 1) / recordWords);
    }

    /// <summary>Number of records.</summary>
    public readonly long Count => Start == null ? 0 : (long)*Start;

    /// <summary>Appends a record of one word, or counts it as lost. The word stands before the number says so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ulong word)
    {
        if (!TryAppend(word))
        {
            Lost++;
        }
    }

    /// <summary>Appends a record of one word; false where there is no room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryAppend(ulong word)
    {
        ulong* start = Start;
        ulong count = *start;
        if (count >= Capacity)
        {
            return false;
        }

        start[count + 1] = word;
        Volatile.Write(ref *start, count + 1);
        return true;
    }

    /// <summary>Appends a record of a compare, or counts it as lost.</summary>
    public void Append(ulong type, ulong left, ulong right, ulong place)
    {
        ulong count = *Start;
        if (count >= Capacity)
        {
            Lost++;
            return;
        }

        ulong* record = Start + 1 + (count * TraceCompare.Words);
        record[0] = type;
        record[1] = left;
        record[2] = right;
        record[3] = place;
        Volatile.Write(ref *Start, count + 1);
    }

    /// <summary>The same, as nobody records into it any more.</summary>
    public readonly TraceArea Closed() => this with { HighWater = Math.Max(HighWater, (ulong)Count) };

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        if (Start != null)
        {
            HighWater = Math.Max(HighWater, *Start);
            *Start = 0;
        }

        Lost = 0;
    }

    /// <summary>A copy of the words in use.</summary>
    public readonly ulong[] Copy(int recordWords) => Start == null ? [0] : new ReadOnlySpan<ulong>(Start, 1 + ((int)Count * recordWords)).ToArray();
}
