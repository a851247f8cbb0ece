namespace Edgewise.Showmap.Evm;

/// <summary>Who runs the calls of a replay.</summary>
public enum EvmEngine
{
    /// <summary>The node traces each call; one that uses a cheatcode which acts in its middle is run again here.</summary>
    Node,

    /// <summary>All calls run here, on the state of the node. Faster, and the same counts.</summary>
    Local,
}
