namespace Edgewise.Showmap.Evm.Execution;

/// <summary>A call cannot be run as Foundry would run it; the message names the cheatcode, or whatever is the reason. It ends the entry.</summary>
internal sealed class RefusedCallException(string message) : Exception(message);
