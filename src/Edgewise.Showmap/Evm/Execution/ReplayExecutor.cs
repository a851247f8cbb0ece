using Edgewise.Showmap.Evm.Local;
using Edgewise.Showmap.Evm.Node;
using Edgewise.Showmap.Evm.State;

namespace Edgewise.Showmap.Evm.Execution;

/// <summary>The node runs what it can run as Foundry would; the rest is run again here.</summary>
internal sealed class ReplayExecutor(NodeExecutor node, LocalExecutor local) : IEvmExecutor
{
    /// <inheritdoc/>
    public EvmCallResult Run(EvmCall call, EvmState state, EvmEnvironment environment) => node.Run(call, state, environment) ?? local.Run(call, state, environment);
}
