using System.Numerics;
using System.Text;

namespace Edgewise.Showmap.Replay.Records;

/// <summary>Writes what entries hit, record by record, to a file that may end anywhere: who reads it takes what is whole.</summary>
/// <remarks>
/// A record is its length, a checksum and its bytes. Modules and the PCs of points are told before they are first used, so that a file needs no other.
/// Numbers are in LEB128; numbers of points as differences.
/// </remarks>
public sealed class RecordWriter : IDisposable
{
    internal const int PrefixSize = sizeof(int) + sizeof(uint);

    private readonly FileStream _file;
    private readonly MemoryStream _record = new();
    private readonly BinaryWriter _writer;
    private readonly List<HashSet<int>> _named = [];

    /// <summary>Begins a file.</summary>
    /// <exception cref="IOException">It cannot be made, or is there.</exception>
    public RecordWriter(string path)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        _writer = new BinaryWriter(_record, Encoding.UTF8);
    }

    /// <summary>Tells which corpus the file is about.</summary>
    public void Add(string fingerprint)
    {
        Begin(RecordKind.Session);
        _writer.Write(fingerprint);
        End();
    }

    /// <summary>Tells a module; its number is how many were told before.</summary>
    public void Add(ReplayModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        Begin(RecordKind.Module);
        _writer.Write(module.Domain);
        _writer.Write(module.Name);
        _writer.Write(module.Path);
        _writer.Write(module.Hash);
        _writer.Write7BitEncodedInt(module.Points);
        End();
        _named.Add([]);
    }

    /// <summary>Tells what an entry hit.</summary>
    /// <param name="content">SHA-256 of its content and kind.</param>
    /// <param name="counts">What it hit.</param>
    /// <param name="pcOf">The PC of a point.</param>
    public void Add(ReadOnlySpan<byte> content, EntryCounts counts, Func<int, int, ulong> pcOf)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(pcOf);
        NamePoints(counts.Counts, pcOf);
        NamePoints(counts.Before, pcOf);
        Begin(RecordKind.Entry);
        _writer.Write(content);
        WriteOutcome(counts.Outcome);
        _writer.Write7BitEncodedInt(counts.Saturated);
        WriteCounts(counts.Counts);
        WriteCounts(counts.Before);
        End();
    }

    /// <summary>Tells which content an entry of the plan has, or that it cannot be read.</summary>
    /// <param name="index">Its number in the plan.</param>
    /// <param name="content">SHA-256 of its content and kind; empty where it cannot be read.</param>
    /// <param name="problem">Why it cannot be read.</param>
    public void AddIndex(int index, ReadOnlySpan<byte> content, string problem)
    {
        Begin(RecordKind.Index);
        _writer.Write7BitEncodedInt(index);
        _writer.Write((byte)content.Length);
        _writer.Write(content);
        _writer.Write(problem);
        End();
    }

    /// <summary>Hands all that was written to the system.</summary>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _writer.Dispose();
    }

    /// <summary>The checksum of a record.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> record)
    {
        uint sum = ~0u;
        foreach (byte value in record)
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        return ~sum;
    }

    private void NamePoints(SlotCount[] counts, Func<int, int, ulong> pcOf)
    {
        int module = -1;
        HashSet<int>? named = null;
        foreach (SlotCount count in counts)
        {
            if (count.Module != module)
            {
                module = count.Module;
                named = _named[module];
            }

            if (named!.Add(count.Slot))
            {
                Begin(RecordKind.Point);
                _writer.Write7BitEncodedInt(module);
                _writer.Write7BitEncodedInt(count.Slot);
                _writer.Write7BitEncodedInt64((long)pcOf(module, count.Slot));
                End();
            }
        }
    }

    private void WriteOutcome(EntryOutcome outcome)
    {
        _writer.Write((byte)outcome.Fate);
        _writer.Write(outcome.Reason);
        _writer.Write7BitEncodedInt(outcome.Calls);
        _writer.Write7BitEncodedInt(outcome.Rejected);
        _writer.Write7BitEncodedInt(outcome.Answered);
    }

    private void WriteCounts(SlotCount[] counts)
    {
        _writer.Write7BitEncodedInt(counts.Length);
        int module = 0, slot = 0;
        foreach (SlotCount count in counts)
        {
            // Points come in order, so that a difference of modules is no less than zero, and one of points too as long as the module is the same.
            _writer.Write7BitEncodedInt(count.Module - module);
            slot = count.Module == module ? slot : 0;
            module = count.Module;
            _writer.Write7BitEncodedInt(count.Slot - slot);
            slot = count.Slot;
            _writer.Write7BitEncodedInt64((long)count.Count);
        }
    }

    private void Begin(RecordKind kind)
    {
        _record.SetLength(0);
        _writer.Write((byte)kind);
    }

    private void End()
    {
        _writer.Flush();
        ReadOnlySpan<byte> record = _record.GetBuffer().AsSpan(0, (int)_record.Length);
        Span<byte> prefix = stackalloc byte[PrefixSize];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(prefix, record.Length);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(prefix[sizeof(int)..], Checksum(record));
        _file.Write(prefix);
        _file.Write(record);
    }
}
