using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Edgewise.Supervision.Workers;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>The worker's way to its engine: takes jobs, writes records, and sleeps when there is nothing to do or no room.</summary>
internal sealed class WorkerChannel(WorkerSlot slot, WorkerSide side)
{
    /// <summary>Bytes of a piece at most: far less than the ring, so that writer and reader work at the same time.</summary>
    public const int PieceSize = 16 << 10;

    private byte[] _jobBytes = new byte[1024];

    /// <summary>True while records are made but not sent, to have all code compiled.</summary>
    public bool IsRehearsing { get; set; }

    public WorkerSlot Slot => slot;

    /// <summary>Takes the next job; waits for it.</summary>
    /// <returns>False when the engine wants no more.</returns>
    public bool TryTakeJob(out long number, out Job job)
    {
        number = 0;
        job = default;
        if (!TryRead(JobCodec.HeadSize, 0))
        {
            return false;
        }

        int size = JobCodec.SizeOf(_jobBytes);
        if (!TryRead(size, JobCodec.HeadSize))
        {
            return false;
        }

        (number, job) = JobCodec.Read(_jobBytes.AsSpan(0, size));
        return true;
    }

    /// <summary>Writes a record of fixed size; waits for room. Ends the process where the engine is gone.</summary>
    public void Write<T>(RecordKind kind, in T body)
        where T : unmanaged =>
        WriteBytes(kind, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in body)));

    /// <summary>Writes bytes as pieces of the record that follows.</summary>
    public void WritePieces(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int length = Math.Min(bytes.Length, PieceSize);
            WriteBytes(RecordKind.Piece, bytes[..length]);
            bytes = bytes[length..];
        }
    }

    /// <summary>Writes a record without a body.</summary>
    public void Write(RecordKind kind) => WriteBytes(kind, []);

    /// <summary>Wakes the engine if it sleeps.</summary>
    public void WakeEngine()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref slot.EngineSleeps) != 0 && Interlocked.Exchange(ref slot.EngineSleeps, 0) != 0)
        {
            side.WakeParent();
        }
    }

    private void WriteBytes(RecordKind kind, ReadOnlySpan<byte> body)
    {
        if (IsRehearsing)
        {
            return;
        }

        (int, int) head = ((int)kind, body.Length);
        ReadOnlySpan<byte> headBytes = MemoryMarshal.AsBytes(new ReadOnlySpan<(int, int)>(in head));
        while (!slot.Records.TryWrite(headBytes, body))
        {
            WakeEngine();
            WaitForRoom(headBytes.Length + body.Length);
        }
    }

    private bool TryRead(int size, int from)
    {
        if (_jobBytes.Length < size)
        {
            Array.Resize(ref _jobBytes, Math.Max(size, 2 * _jobBytes.Length));
        }

        for (int position = from; position < size;)
        {
            int available = Math.Min(slot.Jobs.Available, size - position);
            if (available == 0)
            {
                // The engine may wait for room to write the rest of a long job.
                WakeEngineFor(position);
                if (!TryWait(roomFor: 0))
                {
                    return false;
                }

                continue;
            }

            slot.Jobs.TryPeek(0, _jobBytes.AsSpan(position, available));
            slot.Jobs.Skip(available);
            position += available;
        }

        return true;
    }

    private void WakeEngineFor(int position)
    {
        if (position > 0)
        {
            WakeEngine();
        }
    }

    private void WaitForRoom(int size)
    {
        if (!TryWait(size))
        {
            Abandon();
        }
    }

    [DoesNotReturn]
    private static void Abandon()
    {
        Environment.Exit(1);
        throw new UnreachableException();
    }

    /// <summary>Waits for room for records, or for bytes of jobs if <paramref name="roomFor"/> is 0: spins for a moment, for the engine is mostly quick, then sleeps.</summary>
    private bool TryWait(int roomFor)
    {
        if (Patience.SpinUntil(this, roomFor, static (channel, room) => channel.IsThere(room)))
        {
            return true;
        }

        Volatile.Write(ref slot.WorkerSleeps, 1);
        Interlocked.MemoryBarrier();
        if (!IsThere(roomFor) && !side.Sleep())
        {
            return false;
        }

        Volatile.Write(ref slot.WorkerSleeps, 0);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsThere(int roomFor) => roomFor == 0 ? slot.Jobs.Available > 0 : slot.Records.Free >= roomFor;
}
