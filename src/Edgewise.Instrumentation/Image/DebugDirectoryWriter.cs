using Edgewise.Instrumentation.Pdb;

namespace Edgewise.Instrumentation.Image;

/// <summary>Brings the debug directory of an instrumented image up to date: moved file positions, a new embedded PDB, a new checksum.</summary>
/// <param name="image">The original.</param>
/// <param name="debug">Its debug information.</param>
/// <param name="rewritten">What became of it.</param>
internal sealed class DebugDirectoryWriter(PeImage image, DebugInformation debug, RewrittenDebugInformation rewritten)
{
    private const int DataRvaOffset = DebugDirectoryEntry.DataLengthOffset + 4;
    private const int DataPositionOffset = DebugDirectoryEntry.DataLengthOffset + 8;

    private readonly Dictionary<int, int> _newRvas = [];

    /// <summary>Appends to the new section what does not fit where the old data stands.</summary>
    public void PlaceData(ByteBuffer section)
    {
        foreach (DebugDirectoryChange change in rewritten.Changes)
        {
            if (!change.IsInPlace)
            {
                section.Align(4);
                _newRvas[change.Entry.HeaderRva] = image.NextSectionRva + section.Position;
                section.WriteBytes(change.Data);
            }
        }
    }

    /// <summary>Writes the entries, and the data that keeps its place.</summary>
    public void Patch(PeWriter writer)
    {
        foreach (DebugDirectoryEntry entry in debug.Entries)
        {
            int header = writer.OffsetOf(entry.HeaderRva);
            if (header >= 0 && entry.DataRva != 0)
            {
                writer.PutInt32(header + DataPositionOffset, writer.OffsetOf(entry.DataRva));
            }
        }

        foreach (DebugDirectoryChange change in rewritten.Changes)
        {
            int header = writer.OffsetOf(change.Entry.HeaderRva);
            if (!_newRvas.TryGetValue(change.Entry.HeaderRva, out int rva))
            {
                writer.PutBytes(writer.OffsetOf(change.Entry.DataRva), change.Data);
                continue;
            }

            writer.PutInt32(header + DebugDirectoryEntry.DataLengthOffset, change.Data.Length);
            writer.PutInt32(header + DataRvaOffset, rva);
            writer.PutInt32(header + DataPositionOffset, writer.OffsetOf(rva));
        }
    }
}
