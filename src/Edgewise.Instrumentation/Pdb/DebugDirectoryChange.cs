namespace Edgewise.Instrumentation.Pdb;

/// <summary>New data for an entry of the debug directory.</summary>
/// <param name="Entry">The entry as it was.</param>
/// <param name="Data">
/// Its new data. Of the same length as before: written over the old, at <see cref="DebugDirectoryEntry.DataRva"/>.
/// Else it goes to a new place, and the entry's SizeOfData, AddressOfRawData and PointerToRawData follow.
/// </param>
internal sealed record DebugDirectoryChange(DebugDirectoryEntry Entry, byte[] Data)
{
    /// <summary>True if the data fits exactly where the old one stands.</summary>
    public bool IsInPlace => Data.Length == Entry.DataLength;
}
