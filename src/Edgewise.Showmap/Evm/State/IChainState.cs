using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.State;

/// <summary>The state of a chain at one block, below what a replay changes.</summary>
internal interface IChainState
{
    /// <summary>Balance in wei.</summary>
    EvmWord Balance(EvmWord address);

    /// <summary>Transactions sent or contracts made.</summary>
    ulong Nonce(EvmWord address);

    /// <summary>Code, or <see cref="EvmCode.Empty"/>.</summary>
    EvmCode Code(EvmWord address);

    /// <summary>A slot.</summary>
    EvmWord Storage(EvmWord address, EvmWord slot);

    /// <summary>The hash of a block, 0 where there is none.</summary>
    EvmWord BlockHash(ulong number);

    /// <summary>What a precompiled contract answers, or null where it fails.</summary>
    byte[]? Precompile(EvmWord address, ReadOnlySpan<byte> input);
}
