using System.Buffers.Binary;
using Edgewise.Runtime.Formats;

namespace Edgewise.Native.Tables;

/// <summary>A region of the tables.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Capacity">Records that it has room for.</param>
/// <param name="RecordSize">Bytes of a record.</param>
/// <param name="Count">Records in use.</param>
/// <param name="Lost">What found no room.</param>
internal readonly record struct TableRegion(long Offset, int Capacity, int RecordSize, int Count, uint Lost)
{
    /// <summary>Reads the description of a region from the header.</summary>
    /// <exception cref="CoverageFormatException">It contradicts itself.</exception>
    public static TableRegion Read(TablesMemory memory, int number, int recordSize)
    {
        int at = TablesLayout.ObjectsOffset + (number * TablesLayout.RegionSize);
        ReadOnlySpan<byte> header = memory.Slice(at, TablesLayout.RegionSize);
        var region = new TableRegion(
            BinaryPrimitives.ReadInt64LittleEndian(header),
            BinaryPrimitives.ReadInt32LittleEndian(header[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[20..]));
        return region.RecordSize == recordSize && region.Capacity >= 0 && region.Count >= 0 && region.Count <= region.Capacity && region.Offset >= TablesLayout.HeaderSize
            ? region
            : throw new CoverageFormatException(
                $"{memory.Source}: offset {at}: a region of {region.Count} of {region.Capacity} records of {region.RecordSize} bytes; records of {recordSize} expected");
    }
}
