using Edgewise.Showmap.Evm.Words;

namespace Edgewise.Showmap.Evm.Execution;

/// <summary>A message from outside: a call, or the making of a contract.</summary>
/// <param name="Sender">Who sends it; also <c>tx.origin</c>.</param>
/// <param name="Target">What is called, null to make a contract.</param>
/// <param name="Data">The calldata, or the init code.</param>
/// <param name="Value">Wei that go along.</param>
internal sealed record EvmCall(EvmWord Sender, EvmWord? Target, byte[] Data, EvmWord Value);
