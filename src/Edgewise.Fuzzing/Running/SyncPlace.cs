using System.Diagnostics;
using Edgewise.Corpus.Sync;
using Edgewise.Fuzzing.Campaigns;

namespace Edgewise.Fuzzing.Running;

/// <summary>A campaign's place in a folder that it shares with other fuzzers: AFL++, or other campaigns.</summary>
/// <remarks>When others' inputs come in is a matter of time, so a campaign with a place is not the same twice.</remarks>
internal sealed class SyncPlace : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly SyncFolder _folder;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _lastImport;
    private PeerInput? _importing;

    private SyncPlace(SyncFolder folder) => _folder = folder;

    /// <summary>Takes the place; null where none is wanted.</summary>
    /// <exception cref="Corpus.CorpusException">It cannot be taken.</exception>
    public static SyncPlace? Take(FuzzSettings settings) => settings.SyncRoot is { } root ? new SyncPlace(SyncFolder.Join(root, settings.SyncName)) : null;

    /// <summary>Gives an entry to the others.</summary>
    /// <param name="data">Its bytes.</param>
    /// <param name="executions">Executions so far.</param>
    /// <param name="mutations">What made it.</param>
    public void Publish(ReadOnlySpan<byte> data, long executions, string mutations) => _ = _folder.Publish(
        data,
        _importing is { } input
            ? QueueName.OfPeer(input.Peer, input.Id)
            : QueueName.OfMutation(null, (long)Stopwatch.GetElapsedTime(_started).TotalMilliseconds, executions, mutations.Length > 0 ? mutations : "seed"));

    /// <summary>Takes in what others found, if it is time.</summary>
    /// <returns>How many of their inputs became entries.</returns>
    public int ImportIfDue(Campaign campaign)
    {
        if (_lastImport != 0 && Stopwatch.GetElapsedTime(_lastImport) < Pause)
        {
            return 0;
        }

        int kept = 0;
        _folder.Import(input =>
        {
            _importing = input;
            kept += campaign.AddSeed(input.Content.Span) ? 1 : 0;
        });
        _importing = null;
        _lastImport = Stopwatch.GetTimestamp();
        return kept;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
