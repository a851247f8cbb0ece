using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Entries;

/// <summary>A call of a corpus entry.</summary>
/// <param name="Sender">Who calls.</param>
/// <param name="Target">What is called.</param>
/// <param name="Calldata">Selector and arguments.</param>
/// <param name="Value">Wei that go along, at most what the sender has.</param>
/// <param name="Warp">Seconds that pass before it.</param>
/// <param name="Roll">Blocks that pass before it.</param>
public sealed record EvmTransaction(EvmWord Sender, EvmWord Target, ReadOnlyMemory<byte> Calldata, EvmWord Value, EvmWord Warp, EvmWord Roll);
