using Edgewise.Showmap.Evm.Local;
using Edgewise.Showmap.Evm.Node;
using Edgewise.Showmap.Evm.State;

namespace Edgewise.Showmap.Evm.Execution;

/// <summary>The node runs what it can run as Foundry would; the rest is run again here.</summary>
/// <param name="node">Runs calls on the node.</param>
/// <param name="local">Runs them here.</param>
/// <param name="keepsChanges">False where no call keeps what it changes, so that the node need not tell it.</param>
internal sealed class ReplayExecutor(NodeExecutor node, LocalExecutor local, bool keepsChanges) : IEvmExecutor
{
    /// <inheritdoc/>
    public EvmCallResult Run(EvmCall call, EvmState state, EvmEnvironment environment) => node.Run(call, state, environment, keepsChanges) ?? local.Run(call, state, environment);
}
