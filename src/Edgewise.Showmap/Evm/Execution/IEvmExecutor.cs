using Edgewise.Showmap.Evm.State;

namespace Edgewise.Showmap.Evm.Execution;

/// <summary>Runs calls. None changes the state that it is given.</summary>
internal interface IEvmExecutor
{
    /// <summary>Runs a call on a state.</summary>
    /// <param name="call">The call.</param>
    /// <param name="state">The accounts that differ from the node's.</param>
    /// <param name="environment">Block, and pranks that go on.</param>
    /// <exception cref="RefusedCallException">The call cannot be run as Foundry would: it uses a cheatcode that is not known here.</exception>
    /// <exception cref="ShowmapException">The node failed.</exception>
    EvmCallResult Run(EvmCall call, EvmState state, EvmEnvironment environment);
}
