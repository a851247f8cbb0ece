using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Edgewise.Showmap.Replay.Records;

/// <summary>Reads a file of records as far as it is whole.</summary>
internal sealed class RecordReader
{
    private const int HashSize = SHA256.HashSizeInBytes;

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
        while (at + RecordWriter.PrefixSize <= data.Length)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(at));
            uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(at + sizeof(int)));
            at += RecordWriter.PrefixSize;
            if (length <= 0 || length > data.Length - at || RecordWriter.Checksum(data.AsSpan(at, length)) != checksum || !TryTake(data, at, length))
            {
                return false;
            }

            at += length;
        }

        return at == data.Length;
    }

    private bool TryTake(byte[] data, int start, int length)
    {
        using var reader = new BinaryReader(new MemoryStream(data, start, length, writable: false), Encoding.UTF8);
        try
        {
            Take(reader);
            return true;
        }
        catch (Exception damage) when (damage is EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            return false;
        }
    }

    private void Take(BinaryReader reader)
    {
        switch ((RecordKind)reader.ReadByte())
        {
            case RecordKind.Session:
                Session?.Invoke(reader.ReadString());
                break;
            case RecordKind.Module:
                Module?.Invoke(new ReplayModule(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.Read7BitEncodedInt()));
                break;
            case RecordKind.Point:
                Point?.Invoke(reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), (ulong)reader.Read7BitEncodedInt64());
                break;
            case RecordKind.Entry:
                if (Entry is not null)
                {
                    var content = ContentHash.Read(reader.ReadBytes(HashSize));
                    var outcome = new EntryOutcome((EntryFate)reader.ReadByte(), reader.ReadString(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
                    int saturated = reader.Read7BitEncodedInt();
                    SlotCount[] counts = ReadCounts(reader);
                    Entry(content, new EntryCounts(outcome, counts, ReadCounts(reader), saturated));
                }

                break;
            case RecordKind.Index:
                int index = reader.Read7BitEncodedInt();
                byte[] hash = reader.ReadBytes(reader.ReadByte());
                Index?.Invoke(index, hash.Length == HashSize ? ContentHash.Read(hash) : null, reader.ReadString());
                break;
            default:
                throw new FormatException("an unknown record");
        }
    }

    private static SlotCount[] ReadCounts(BinaryReader reader)
    {
        int count = reader.Read7BitEncodedInt();
        if (count < 0 || count > reader.BaseStream.Length)
        {
            throw new FormatException("more counts than bytes");
        }

        var counts = new SlotCount[count];
        int module = 0, slot = 0;
        for (int i = 0; i < count; i++)
        {
            int step = reader.Read7BitEncodedInt();
            slot = step == 0 ? slot : 0;
            module += step;
            slot += reader.Read7BitEncodedInt();
            counts[i] = new SlotCount(module, slot, (ulong)reader.Read7BitEncodedInt64());
        }

        return counts;
    }
}
