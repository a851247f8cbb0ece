using System.Buffers.Binary;
using System.Text;

namespace Edgewise.Instrumentation.Image;

/// <summary>Writes a metadata root with the tables and heaps as they are now.</summary>
internal sealed class MetadataWriter(
    MetadataRoot root, MetadataTable[] tables, int[] externalRowCounts, MetadataHeap strings, MetadataHeap userStrings, MetadataHeap blobs)
{
    private const int Alignment = 4;

    private readonly List<string> _names = StreamNames(root, userStrings);
    private readonly int[] _rowCounts = Array.ConvertAll(tables, table => table.RowCount);

    /// <summary>Writes all.</summary>
    public void Write(ByteBuffer output)
    {
        int origin = output.Position;
        output.Reserve(ExpectedLength());
        output.WriteBytes(root.Bytes.AsSpan(root.Head.Start, root.Head.Length));
        output.WriteUInt16((ushort)_names.Count);
        int[] headers = new int[_names.Count];
        for (int i = 0; i < headers.Length; i++)
        {
            headers[i] = output.Position;
            output.WriteZeros(8);
            output.WriteBytes(Encoding.Latin1.GetBytes(_names[i]));
            output.WriteByte(0);
            output.Align(Alignment, headers[i]);
        }

        for (int i = 0; i < headers.Length; i++)
        {
            output.Align(Alignment, origin);
            int start = output.Position;
            WriteStream(_names[i], output);
            output.PatchInt32(headers[i], start - origin);
            output.PatchInt32(headers[i] + 4, output.Position - start);
        }

        output.Align(Alignment, origin);
    }

    // A stream that is missing is made where something was put into it.
    private static List<string> StreamNames(MetadataRoot root, MetadataHeap userStrings)
    {
        List<string> names = root.Streams.ConvertAll(stream => stream.Name);
        if (userStrings.IsGrown && !names.Contains(MetadataStream.UserStrings))
        {
            names.Add(MetadataStream.UserStrings);
        }

        return names;
    }

    private void WriteStream(string name, ByteBuffer output)
    {
        switch (name)
        {
            case MetadataStream.Tables:
                WriteTables(output);
                break;
            case MetadataStream.Strings:
                WriteHeap(strings, output);
                break;
            case MetadataStream.UserStrings:
                WriteHeap(userStrings, output);
                break;
            case MetadataStream.Blobs:
                WriteHeap(blobs, output);
                break;
            case MetadataStream.Pdb:
                WritePdbStream(output);
                break;
            default:
                MetadataStream stream = root.Streams.Find(other => other.Name == name);
                output.WriteBytes(root.Bytes.AsSpan(stream.Start, stream.Length));
                break;
        }
    }

    private static void WriteHeap(MetadataHeap heap, ByteBuffer output)
    {
        int start = output.Position;
        heap.Write(output);
        output.Align(Alignment, start);
    }

    private void WriteTables(ByteBuffer output)
    {
        int start = output.Position;
        HeapWidths read = HeapWidths.FromBits(root.HeapSizes);
        HeapWidths widths = new(Math.Max(read.String, HeapWidth(strings)), read.Guid, Math.Max(read.Blob, HeapWidth(blobs)));
        TableLayout layout = new(root.IndexedRowCounts(_rowCounts, externalRowCounts), widths);
        Span<byte> head = output.Append(root.TablesHead.Length);
        root.TablesHead.CopyTo(head);
        head[6] = widths.ToBits(root.HeapSizes);

        // A table that the file lists with no rows stays listed, so that an untouched image is written as it was.
        ulong present = BinaryPrimitives.ReadUInt64LittleEndian(head[8..]) | Present(_rowCounts);
        BinaryPrimitives.WriteUInt64LittleEndian(head[8..], present);
        WriteRowCounts(output, present, _rowCounts);
        if (root.ExtraData is { } extraData)
        {
            output.WriteUInt32(extraData);
        }

        for (int table = 0; table < tables.Length; table++)
        {
            if (_rowCounts[table] != 0)
            {
                tables[table].Write(output, layout);
            }
        }

        output.WriteBytes(root.Bytes.AsSpan(root.BehindTables.Start, root.BehindTables.Length));
        output.Align(Alignment, start);
    }

    private void WritePdbStream(ByteBuffer output)
    {
        output.WriteBytes(root.PdbId);
        output.WriteUInt32(root.PdbEntryPoint);
        ulong present = Present(externalRowCounts);
        output.WriteInt64((long)present);
        WriteRowCounts(output, present, externalRowCounts);
    }

    private static void WriteRowCounts(ByteBuffer output, ulong present, int[] rowCounts)
    {
        for (int table = 0; table < rowCounts.Length; table++)
        {
            if ((present >> table & 1) != 0)
            {
                output.WriteInt32(rowCounts[table]);
            }
        }
    }

    private static ulong Present(int[] rowCounts)
    {
        ulong present = 0;
        for (int table = 0; table < rowCounts.Length; table++)
        {
            present |= rowCounts[table] != 0 ? 1ul << table : 0;
        }

        return present;
    }

    // Two bytes reach offsets below 64 KiB; padding may be counted in by readers.
    private static int HeapWidth(MetadataHeap heap) => heap.IsGrown && heap.Length > 0x1_0000 - Alignment ? 4 : 2;

    private int ExpectedLength()
    {
        long length = 256 + strings.Length + userStrings.Length + blobs.Length;
        foreach (MetadataStream stream in root.Streams)
        {
            length += stream.Name is MetadataStream.Strings or MetadataStream.UserStrings or MetadataStream.Blobs ? 32 : stream.Length + 32L;
        }

        return (int)Math.Min(length + (length / 16), int.MaxValue / 2);
    }
}
