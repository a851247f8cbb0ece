using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Execution;

/// <summary>Calls of a contract go out under another name.</summary>
/// <param name="Caller">The contract that asked for it.</param>
/// <param name="Origin"><c>tx.origin</c> when it did, which is restored.</param>
/// <param name="NewCaller">What the callee sees as <c>msg.sender</c>.</param>
/// <param name="NewOrigin">What it sees as <c>tx.origin</c>, where that changes too.</param>
/// <param name="IsSingle">True where only the next call is meant.</param>
/// <param name="IsUsed">True once a call went out under it.</param>
internal sealed record Prank(EvmWord Caller, EvmWord Origin, EvmWord NewCaller, EvmWord? NewOrigin, bool IsSingle, bool IsUsed);
