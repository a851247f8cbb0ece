using System.Buffers.Binary;

namespace Edgewise.Showmap.Replay.Records;

/// <summary>Reads a file of records as far as it is whole.</summary>
internal sealed class RecordReader
{
    /// <summary>Hears of the corpus that the file is about.</summary>
    public Action<string>? Session { get; init; }

    /// <summary>Hears of a module.</summary>
    public Action<ReplayModule>? Module { get; init; }

    /// <summary>Hears of the PC of a point: number of the module in the file, of the point, and the PC.</summary>
    public Action<int, int, ulong>? Point { get; init; }

    /// <summary>Hears of what an entry hit; modules are numbered as in the file.</summary>
    public Action<ContentHash, EntryCounts>? Entry { get; init; }

    /// <summary>Hears of an entry of the plan: its content, or the reason why it has none.</summary>
    public Action<int, ContentHash?, string>? Index { get; init; }

    /// <summary>Reads a file.</summary>
    /// <returns>False where it does not end with a whole record.</returns>
    public bool Read(string path)
    {
        byte[] data = File.ReadAllBytes(path);
        int at = 0;
        while (at + RecordBuffer.PrefixSize <= data.Length)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(at));
            uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at + sizeof(int)));
            at += RecordBuffer.PrefixSize;
            if (length <= 0 || length > data.Length - at || RecordBuffer.Checksum(data.AsSpan(at, length)) != checksum || !TryTake(data.AsSpan(at, length)))
            {
                return false;
            }

            at += length;
        }

        return at == data.Length;
    }

    private bool TryTake(ReadOnlySpan<byte> record)
    {
        try
        {
            Take(new RecordCursor(record));
            return true;
        }
        catch (Exception damage) when (damage is FormatException or OverflowException or ArgumentException)
        {
            // Damaged, and yet with the right checksum: by another version, perhaps.
            return false;
        }
    }

    private void Take(RecordCursor record)
    {
        switch ((RecordKind)record.Byte())
        {
            case RecordKind.Session:
                Session?.Invoke(record.Text());
                break;
            case RecordKind.Module:
                Module?.Invoke(new ReplayModule(record.Text(), record.Text(), record.Text(), record.Text(), record.Int()));
                break;
            case RecordKind.Point:
                Point?.Invoke(record.Int(), record.Int(), record.Number());
                break;
            case RecordKind.Entry:
                if (Entry is not null)
                {
                    var content = ContentHash.Read(record.Bytes(ContentHash.Size));
                    var outcome = new EntryOutcome((EntryFate)record.Byte(), record.Text(), record.Int(), record.Int(), record.Int());
                    int saturated = record.Int();
                    SlotCount[] counts = ReadCounts(ref record);
                    Entry(content, new EntryCounts(outcome, counts, ReadCounts(ref record), saturated));
                }

                break;
            case RecordKind.Index:
                int index = record.Int();
                ReadOnlySpan<byte> hash = record.Bytes(record.Byte());
                Index?.Invoke(index, hash.Length == ContentHash.Size ? ContentHash.Read(hash) : null, record.Text());
                break;
            default:
                throw new FormatException("an unknown record");
        }
    }

    private static SlotCount[] ReadCounts(ref RecordCursor record)
    {
        int count = record.Int();
        if (count > record.Left)
        {
            throw new FormatException("more counts than bytes");
        }

        var counts = count == 0 ? [] : new SlotCount[count];
        int module = 0, slot = 0;
        for (int i = 0; i < count; i++)
        {
            int step = record.Int();
            slot = step == 0 ? slot : 0;
            module += step;
            slot += record.Int();
            counts[i] = new SlotCount(module, slot, record.Number());
        }

        return counts;
    }
}
