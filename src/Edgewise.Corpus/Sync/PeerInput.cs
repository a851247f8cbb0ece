namespace Edgewise.Corpus.Sync;

/// <summary>An input that another instance found.</summary>
/// <param name="Peer">Name of the instance.</param>
/// <param name="Id">Its number there.</param>
/// <param name="Content">The input.</param>
public readonly record struct PeerInput(string Peer, uint Id, ReadOnlyMemory<byte> Content);
