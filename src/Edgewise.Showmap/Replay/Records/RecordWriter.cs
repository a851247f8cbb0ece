using Microsoft.Win32.SafeHandles;

namespace Edgewise.Showmap.Replay.Records;

/// <summary>Writes what entries hit, record by record, to a file that may end anywhere: who reads it takes what is whole.</summary>
/// <remarks>Modules and the PCs of points are told before they are first used, so that a file needs no other. Numbers of points are differences.</remarks>
public sealed class RecordWriter : IDisposable
{
    private const int MostWaiting = 1 << 16;

    private readonly SafeFileHandle _file;
    private readonly RecordBuffer _buffer = new();

    // By module: which points were told.
    private readonly List<bool[]> _named = [];
    private long _written;

    /// <summary>Begins a file.</summary>
    /// <exception cref="IOException">It cannot be made, or is there.</exception>
    public RecordWriter(string path) => _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);

    /// <summary>Tells which corpus the file is about.</summary>
    public void Add(string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(fingerprint);
        _buffer.Begin(RecordKind.Session);
        _buffer.Write(fingerprint);
        End();
    }

    /// <summary>Tells a module; its number is how many were told before.</summary>
    public void Add(ReplayModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        _buffer.Begin(RecordKind.Module);
        _buffer.Write(module.Domain);
        _buffer.Write(module.Name);
        _buffer.Write(module.Path);
        _buffer.Write(module.Hash);
        _buffer.Write(module.Points);
        End();
        _named.Add(new bool[module.Points]);
    }

    /// <summary>Tells what an entry hit.</summary>
    /// <param name="content">What it is.</param>
    /// <param name="counts">What it hit.</param>
    /// <param name="pcOf">The PC of a point.</param>
    public void Add(ContentHash content, EntryCounts counts, Func<int, int, ulong> pcOf)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(pcOf);
        NamePoints(counts.Counts, pcOf);
        NamePoints(counts.Before, pcOf);
        _buffer.Begin(RecordKind.Entry);
        _buffer.Write(content.Bytes);
        WriteOutcome(counts.Outcome);
        _buffer.Write(counts.Saturated);
        WriteCounts(counts.Counts);
        WriteCounts(counts.Before);
        End();
    }

    /// <summary>Tells which content an entry of the plan has, or that it cannot be read.</summary>
    /// <param name="index">Its number in the plan.</param>
    /// <param name="content">Its content; null where it cannot be read.</param>
    /// <param name="problem">Why it cannot be read.</param>
    public void AddIndex(int index, ContentHash? content, string problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        _buffer.Begin(RecordKind.Index);
        _buffer.Write(index);
        _buffer.Write((byte)(content is null ? 0 : ContentHash.Size));
        _buffer.Write(content is null ? [] : content.Bytes);
        _buffer.Write(problem);
        End();
    }

    /// <summary>Hands all that was written to the system.</summary>
    public void Flush()
    {
        RandomAccess.Write(_file, _buffer.Whole, _written);
        _written += _buffer.Whole.Length;
        _buffer.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_file.IsClosed)
        {
            Flush();
            _file.Dispose();
        }
    }

    private void NamePoints(SlotCount[] counts, Func<int, int, ulong> pcOf)
    {
        foreach (SlotCount count in counts)
        {
            ref bool isNamed = ref _named[count.Module][count.Slot];
            if (!isNamed)
            {
                isNamed = true;
                _buffer.Begin(RecordKind.Point);
                _buffer.Write(count.Module);
                _buffer.Write(count.Slot);
                _buffer.Write(pcOf(count.Module, count.Slot));
                End();
            }
        }
    }

    private void WriteOutcome(EntryOutcome outcome)
    {
        _buffer.Write((byte)outcome.Fate);
        _buffer.Write(outcome.Reason);
        _buffer.Write(outcome.Calls);
        _buffer.Write(outcome.Rejected);
        _buffer.Write(outcome.Answered);
    }

    private void WriteCounts(SlotCount[] counts)
    {
        _buffer.Write(counts.Length);
        int module = 0, slot = 0;
        foreach (SlotCount count in counts)
        {
            // Points come in order, so that a difference of modules is no less than zero, and one of points too as long as the module is the same.
            _buffer.Write(count.Module - module);
            slot = count.Module == module ? slot : 0;
            module = count.Module;
            _buffer.Write(count.Slot - slot);
            slot = count.Slot;
            _buffer.Write(count.Count);
        }
    }

    private void End()
    {
        _buffer.End();
        if (_buffer.Whole.Length >= MostWaiting)
        {
            Flush();
        }
    }
}
