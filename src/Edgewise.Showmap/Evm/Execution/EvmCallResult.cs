using Edgewise.Showmap.Evm.State;

namespace Edgewise.Showmap.Evm.Execution;

/// <summary>What a call came to.</summary>
/// <param name="Succeeded">False where it was reverted or halted.</param>
/// <param name="Output">Return data, revert data, or the code of the contract that was made.</param>
/// <param name="Counts">The instructions that ran.</param>
/// <param name="Changes">The accounts that it changed.</param>
/// <param name="Environment">What the next call sees, if this one is kept.</param>
internal sealed record EvmCallResult(bool Succeeded, byte[] Output, EvmCounts Counts, EvmState Changes, EvmEnvironment Environment);
