using System.Runtime.InteropServices;
using System.Text;
using Edgewise.Exploration.Journals;

namespace Edgewise.Exploration.Engines.Workers;

/// <summary>Sends what a run gives to the engine: discoveries and names as they are made, the rest at the end.</summary>
internal sealed class ResultWriter(WorkerChannel channel) : IJournalObserver
{
    private byte[] _text = new byte[1024];

    /// <summary>Says that the records which follow belong to a job.</summary>
    public void Start(long job) => channel.Write(RecordKind.Start, job);

    /// <summary>Sends a journal that was made before the job had begun here.</summary>
    public void SendJournal(Journal journal)
    {
        ReadOnlySpan<Discovery> discoveries = journal.Discoveries;
        for (int i = 0; i < discoveries.Length; i++)
        {
            Discovered(i, discoveries[i]);
        }
    }

    /// <inheritdoc/>
    public void Discovered(int place, in Discovery discovery) => channel.Write(RecordKind.Discovery, ((long)place, discovery));

    /// <inheritdoc/>
    public void Described(in Description description)
    {
        SendText(description.Family, "\0", description.Name, "\0", description.Detail);
        channel.Write(RecordKind.Description, description.State);
    }

    /// <summary>Sends the counters as they stand.</summary>
    public void SendCounters(ReadOnlySpan<byte> counters)
    {
        channel.WritePieces(counters);
        channel.Write(RecordKind.Counters);
    }

    /// <summary>Ends the job, and wakes the engine if it waits.</summary>
    public void End(TimelineEnd end, TimelineRun run)
    {
        ReadOnlySpan<Tally> tallies = CollectionsMarshal.AsSpan(run.Journal.Tallies as List<Tally> ?? [.. run.Journal.Tallies]);
        if (!tallies.IsEmpty)
        {
            channel.WritePieces(MemoryMarshal.AsBytes(tallies));
            channel.Write(RecordKind.Tallies);
        }

        int signatureLength = Encoding.UTF8.GetByteCount(end.Signature);
        SendText(end.Signature, end.Message);
        channel.Write(RecordKind.End, new EndRecord((int?)end.Bug ?? EndRecord.NoBug, signatureLength, run.Random.TotalCount, run.Random.Segment));
        channel.WakeEngine();
    }

    /// <summary>Ends a job whose process died, and wakes the engine if it waits.</summary>
    /// <param name="death">How it died.</param>
    /// <param name="counters">The counters that it left; empty where they died with it.</param>
    /// <param name="errorText">The first lines of its standard error.</param>
    public void Die(DeathRecord death, ReadOnlySpan<byte> counters, ReadOnlySpan<byte> errorText)
    {
        channel.Write(RecordKind.Discard);
        SendCounters(counters);
        channel.WritePieces(errorText);
        channel.Write(RecordKind.Death, death);
        channel.WakeEngine();
    }

    /// <summary>Says that this worker cannot work, and why.</summary>
    public void Refuse(string reason)
    {
        SendText(reason);
        channel.Write(RecordKind.Refused);
        channel.WakeEngine();
    }

    private void SendText(params ReadOnlySpan<string> parts)
    {
        int length = 0;
        foreach (string part in parts)
        {
            int most = length + Encoding.UTF8.GetMaxByteCount(part.Length);
            if (most > _text.Length)
            {
                Array.Resize(ref _text, Math.Max(most, 2 * _text.Length));
            }

            length += Encoding.UTF8.GetBytes(part, _text.AsSpan(length));
        }

        channel.WritePieces(_text.AsSpan(0, length));
    }
}
