using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Edgewise.Exploration.Journals;
using Edgewise.Supervision.Memory;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>Puts the records of one worker together again. What a record cannot be is an error: then the worker has stored over its slot.</summary>
internal sealed class ResultReader(ByteRing records)
{
    private readonly List<Discovery> _discoveries = [];
    private readonly List<Description> _descriptions = [];
    private readonly List<Tally> _tallies = [];
    private readonly byte[] _body = new byte[WorkerChannel.PieceSize];
    private byte[] _pieces = new byte[WorkerChannel.PieceSize];
    private int _pieceBytes;
    private byte[]? _counters;

    /// <summary>Number of the job that goes on; -1 before the first.</summary>
    public long Job { get; private set; } = -1;

    /// <summary>Where in the slot the counters stand, and the bytes from there to the end of their pages; none where they are not there.</summary>
    public (long Offset, long Length) Counters { get; private set; }

    /// <summary>The end of the job, when <see cref="Next"/> gave <see cref="RecordKind.End"/>.</summary>
    public EndRecord End { get; private set; }

    /// <summary>The death of the job's process, when <see cref="Next"/> gave <see cref="RecordKind.Death"/>.</summary>
    public DeathRecord Death { get; private set; }

    /// <summary>Reads records until one that the engine has to act upon.</summary>
    /// <returns><see cref="RecordKind.Ready"/>, <see cref="RecordKind.Refused"/>, <see cref="RecordKind.End"/> or <see cref="RecordKind.Death"/>; null where no more records wait.</returns>
    /// <exception cref="InvalidDataException">The records make no sense.</exception>
    public RecordKind? Next()
    {
        Span<int> head = stackalloc int[2];
        Span<byte> headBytes = MemoryMarshal.AsBytes(head);
        while (records.TryPeek(0, headBytes))
        {
            var kind = (RecordKind)head[0];
            if ((uint)head[1] > (uint)_body.Length || !records.TryPeek(headBytes.Length, _body.AsSpan(0, head[1])))
            {
                throw Damaged(kind, head[1]);
            }

            records.Skip(headBytes.Length + head[1]);
            if (Accept(kind, _body.AsSpan(0, head[1])))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The text of the pieces that came before the record.</summary>
    public string TakeText()
    {
        string text = Encoding.UTF8.GetString(_pieces, 0, _pieceBytes);
        _pieceBytes = 0;
        return text;
    }

    /// <summary>The end of the job that is over.</summary>
    public TimelineEnd TakeEnd()
    {
        int signatureLength = Math.Min(End.SignatureLength, _pieceBytes);
        var end = End.Bug == EndRecord.NoBug && _pieceBytes == 0
            ? TimelineEnd.Good
            : new TimelineEnd(
                End.Bug == EndRecord.NoBug ? null : (BugKind)End.Bug,
                Encoding.UTF8.GetString(_pieces, 0, signatureLength),
                Encoding.UTF8.GetString(_pieces, signatureLength, _pieceBytes - signatureLength));
        _pieceBytes = 0;
        return end;
    }

    /// <summary>The result of the job as far as it came.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="draws">Draws that it made.</param>
    /// <param name="segments">Reseeds that it reached.</param>
    /// <param name="counters">Its counters, where it could not send them itself.</param>
    public TimelineResult TakeResult(TimelineEnd end, long draws, int segments, byte[]? counters = null)
    {
        var result = new TimelineResult
        {
            End = end,
            Discoveries = _discoveries.ToArray(),
            Tallies = _tallies.ToArray(),
            Descriptions = _descriptions.ToArray(),
            Counters = _counters ?? counters ?? [],
            Draws = draws,
            Segments = segments,
        };
        _descriptions.Clear();
        Forget();
        return result;
    }

    /// <summary>The place of the last discovery: how far a job is known to have come.</summary>
    public (int Segment, long Count) LastPlace()
    {
        (int Segment, long Count) last = (0, 0);
        foreach (Discovery discovery in _discoveries)
        {
            if ((discovery.Segment, discovery.Count).CompareTo(last) > 0)
            {
                last = (discovery.Segment, discovery.Count);
            }
        }

        return last;
    }

    private bool Accept(RecordKind kind, ReadOnlySpan<byte> body)
    {
        switch (kind)
        {
            case RecordKind.Piece:
                Append(body);
                return false;
            case RecordKind.Discovery:
                (long place, Discovery discovery) = Read<(long, Discovery)>(kind, body);
                SetDiscovery(place, discovery);
                return false;
            case RecordKind.Start:
                Forget();
                Job = Read<long>(kind, body);
                return false;
            case RecordKind.Description:
                AddDescription(Read<ulong>(kind, body));
                return false;
            case RecordKind.Counters:
                _counters = TakePieces().ToArray();
                return false;
            case RecordKind.Discard:
                _pieceBytes = 0;
                return false;
            case RecordKind.Tallies:
                _tallies.AddRange(MemoryMarshal.Cast<byte, Tally>(TakePieces()));
                return false;
            case RecordKind.End:
                End = Read<EndRecord>(kind, body);
                return true;
            case RecordKind.Death:
                Death = Read<DeathRecord>(kind, body);
                return true;
            case RecordKind.Ready:
                Counters = Read<(long, long)>(kind, body);
                return true;
            case RecordKind.Refused:
                return true;
            default:
                throw Damaged(kind, body.Length);
        }
    }

    private void SetDiscovery(long place, Discovery discovery)
    {
        if (place == _discoveries.Count)
        {
            _discoveries.Add(discovery);
        }
        else if ((ulong)place < (ulong)_discoveries.Count)
        {
            _discoveries[(int)place] = discovery;
        }
        else
        {
            throw new InvalidDataException($"shared memory is damaged: discovery {place} came behind {_discoveries.Count}");
        }
    }

    private void AddDescription(ulong state)
    {
        string[] parts = TakeText().Split('\0', 3);
        _descriptions.Add(parts.Length == 3
            ? new Description(state, parts[0], parts[1], parts[2])
            : throw new InvalidDataException($"shared memory is damaged: a name has {parts.Length} parts, not 3"));
    }

    private void Append(ReadOnlySpan<byte> piece)
    {
        if (_pieceBytes + piece.Length > _pieces.Length)
        {
            Array.Resize(ref _pieces, 2 * (_pieceBytes + piece.Length));
        }

        piece.CopyTo(_pieces.AsSpan(_pieceBytes));
        _pieceBytes += piece.Length;
    }

    private ReadOnlySpan<byte> TakePieces()
    {
        ReadOnlySpan<byte> pieces = _pieces.AsSpan(0, _pieceBytes);
        _pieceBytes = 0;
        return pieces;
    }

    private void Forget()
    {
        _discoveries.Clear();
        _tallies.Clear();
        _counters = null;
        _pieceBytes = 0;
    }

    private static T Read<T>(RecordKind kind, ReadOnlySpan<byte> body)
        where T : unmanaged =>
        body.Length == Unsafe.SizeOf<T>() ? MemoryMarshal.Read<T>(body) : throw Damaged(kind, body.Length);

    private static InvalidDataException Damaged(RecordKind kind, int length) =>
        new($"shared memory is damaged: a record of kind {(int)kind} has {length} bytes");
}
