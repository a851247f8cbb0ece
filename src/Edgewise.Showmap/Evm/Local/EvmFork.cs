namespace Edgewise.Showmap.Evm.Local;

/// <summary>The rules of a hard fork, the oldest first. Older ones than Shanghai are not run here.</summary>
internal enum EvmFork
{
    /// <summary>Before PUSH0.</summary>
    Paris,

    /// <summary>PUSH0; limits of init code.</summary>
    Shanghai,

    /// <summary>Transient storage, MCOPY, blobs; contracts are destroyed only where they were made in the same transaction.</summary>
    Cancun,

    /// <summary>CLZ; dearer MODEXP. Prague, before it, brought no instruction.</summary>
    Osaka,
}
