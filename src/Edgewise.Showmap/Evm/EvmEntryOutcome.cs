namespace Edgewise.Showmap.Evm;

/// <summary>What became of an entry.</summary>
public enum EvmEntryOutcome
{
    /// <summary>At least one call was run and counted.</summary>
    Accepted,

    /// <summary>Nothing of it counts: it is empty, none of its calls may be replayed or all were discarded, or a call uses a cheatcode that is not known.</summary>
    Skipped,

    /// <summary>The file cannot be read.</summary>
    Unreadable,
}
