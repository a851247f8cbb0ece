using System.Numerics;
using System.Reflection.Metadata.Ecma335;
using System.Text;

namespace Edgewise.Instrumentation.Image;

/// <summary>The root, stream headers and table heads of metadata (ECMA-335 II.24.2), each checked against the bytes there are.</summary>
internal sealed class MetadataRoot
{
    private const uint Signature = 0x424A_5342;
    private const int MostRows = 0x00FF_FFFF;
    private const byte ExtraDataBit = 0x40;
    private const byte DeltaBit = 0x20;
    private const ulong PointerTables = 1ul << (int)TableIndex.FieldPtr | 1ul << (int)TableIndex.MethodPtr | 1ul << (int)TableIndex.ParamPtr
        | 1ul << (int)TableIndex.EventPtr | 1ul << (int)TableIndex.PropertyPtr;

    private const ulong EditTables = 1ul << (int)TableIndex.EncLog | 1ul << (int)TableIndex.EncMap;
    private const int PdbIdLength = 20;

    private readonly byte[] _bytes;
    private readonly string _place;
    private readonly int[] _rowCounts = new int[TableSchema.TableCount];
    private readonly int[] _externalRowCounts = new int[TableSchema.TableCount];
    private int _rowsStart;
    private int _rowsLength;

    private MetadataRoot(byte[] bytes, string place)
    {
        _bytes = bytes;
        _place = place;
    }

    /// <summary>The file.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>What it is, for messages.</summary>
    public string Place => _place;

    /// <summary>From the signature up to the number of streams: version numbers, version text and flags.</summary>
    public (int Start, int Length) Head { get; private set; }

    /// <summary>The streams in the order of their headers.</summary>
    public List<MetadataStream> Streams { get; } = [];

    /// <summary>The first 24 bytes of <c>#~</c>: version, HeapSizes, and which tables are there and sorted.</summary>
    public ReadOnlySpan<byte> TablesHead => _bytes.AsSpan(Find(MetadataStream.Tables)!.Value.Start, 24);

    /// <summary>The HeapSizes byte.</summary>
    public byte HeapSizes { get; private set; }

    /// <summary>Four bytes that some writers put behind the row counts; kept.</summary>
    public uint? ExtraData { get; private set; }

    /// <summary>What stands behind the rows in <c>#~</c>; compilers put a zero and padding there. Known once the tables are read.</summary>
    public (int Start, int Length) BehindTables { get; private set; }

    /// <summary>True if there is a <c>#Pdb</c> stream.</summary>
    public bool HasPdbStream => Find(MetadataStream.Pdb) is not null;

    /// <summary>Position of the id in a <c>#Pdb</c> stream.</summary>
    public int PdbIdPosition => Find(MetadataStream.Pdb)?.Start ?? 0;

    /// <summary>The id in a <c>#Pdb</c> stream, empty without one.</summary>
    public ReadOnlySpan<byte> PdbId => HasPdbStream ? _bytes.AsSpan(PdbIdPosition, PdbIdLength) : default;

    /// <summary>The entry point token in a <c>#Pdb</c> stream.</summary>
    public uint PdbEntryPoint { get; private set; }

    /// <summary>Row counts of a PDB's image, 64 numbers.</summary>
    public ReadOnlySpan<int> ExternalRowCounts => _externalRowCounts;

    /// <summary>Reads and checks the heads.</summary>
    /// <exception cref="InstrumentationException">See <see cref="MetadataImage.Read"/>.</exception>
    public static MetadataRoot Read(byte[] bytes, int offset, int length, string place)
    {
        MetadataRoot root = new(bytes, place);
        if (offset < 0 || length < 0 || (long)offset + length > bytes.Length)
        {
            throw root.Damaged($"offset {offset} and length {length} lie outside of the {bytes.Length} bytes of the file");
        }

        root.ReadHead(offset, length);
        root.ReadPdbStream();
        root.ReadTablesHead();
        return root;
    }

    /// <summary>The 64 tables, without rows where the file has none.</summary>
    /// <exception cref="InstrumentationException">The rows need more bytes than there are.</exception>
    public MetadataTable[] ReadTables()
    {
        TableLayout layout = new(IndexedRowCounts(_rowCounts, _externalRowCounts), HeapWidths.FromBits(HeapSizes));
        MetadataTable[] tables = new MetadataTable[TableSchema.TableCount];
        long at = _rowsStart;
        long end = at + _rowsLength;
        for (int table = 0; table < tables.Length; table++)
        {
            long next = at + ((long)_rowCounts[table] * layout.RowSize((TableIndex)table));
            if (next > end)
            {
                throw Damaged($"table {(TableIndex)table} needs {next - at} bytes and {end - at} are left");
            }

            tables[table] = new MetadataTable((TableIndex)table, _place, _bytes, (int)at, _rowCounts[table], layout);
            at = next;
        }

        BehindTables = ((int)at, (int)(end - at));
        return tables;
    }

    /// <summary>Row counts that index widths follow: a PDB's indexes into the image's tables go by the image's rows.</summary>
    public int[] IndexedRowCounts(ReadOnlySpan<int> own, ReadOnlySpan<int> external)
    {
        int[] counts = own.ToArray();
        if (HasPdbStream)
        {
            external[..TableSchema.FirstPdbTable].CopyTo(counts);
        }

        return counts;
    }

    /// <summary>The heap of a stream; an empty one where there is no such stream.</summary>
    public MetadataHeap Heap(string name) => Find(name) is { } stream
        ? new MetadataHeap($"{_place}: {name}", _bytes, stream.Start, stream.Length)
        : new MetadataHeap($"{_place}: {name}", _bytes, 0, 0);

    private MetadataStream? Find(string name)
    {
        foreach (MetadataStream stream in Streams)
        {
            if (stream.Name == name)
            {
                return stream;
            }
        }

        return null;
    }

    private void ReadHead(int offset, int length)
    {
        ByteCursor cursor = Cursor(offset, length, "root");
        if (cursor.UInt32() != Signature)
        {
            throw Damaged("does not start with the signature BSJB");
        }

        cursor.Bytes(8);
        cursor.Bytes(cursor.UInt32());
        cursor.Bytes(2);
        Head = (offset, cursor.Position);
        int streamCount = cursor.UInt16();
        for (int i = 0; i < streamCount; i++)
        {
            uint streamOffset = cursor.UInt32();
            uint streamLength = cursor.UInt32();
            string name = ReadName(ref cursor);
            if ((long)streamOffset + streamLength > length)
            {
                throw Damaged($"stream {i} ends at {(long)streamOffset + streamLength} and the metadata at {length}");
            }

            if (Find(name) is not null)
            {
                throw Damaged($"stream {i} has the name of an earlier one");
            }

            Streams.Add(new MetadataStream(name, offset + (int)streamOffset, (int)streamLength));
        }

        if (Find(MetadataStream.UncompressedTables) is not null)
        {
            throw new InstrumentationException(
                MetadataDiagnostics.Uncompressed, $"{_place}: the tables are uncompressed (stream #-), as in edit-and-continue sessions");
        }
    }

    // A stream name is ASCII, at most 31 characters and a zero, padded to a multiple of four.
    private string ReadName(ref ByteCursor cursor)
    {
        StringBuilder name = new();
        while (name.Length < 32)
        {
            ReadOnlySpan<byte> four = cursor.Bytes(4);
            int end = four.IndexOf((byte)0);
            name.Append(Encoding.Latin1.GetString(end < 0 ? four : four[..end]));
            if (end >= 0)
            {
                return name.ToString();
            }
        }

        throw Damaged("a stream name has more than 31 characters");
    }

    private void ReadPdbStream()
    {
        if (Find(MetadataStream.Pdb) is not { } stream)
        {
            return;
        }

        ByteCursor cursor = Cursor(stream.Start, stream.Length, MetadataStream.Pdb);
        cursor.Bytes(PdbIdLength);
        PdbEntryPoint = cursor.UInt32();
        ReadRowCounts(ref cursor, cursor.UInt64() & ((1ul << TableSchema.FirstPdbTable) - 1), _externalRowCounts);
    }

    private void ReadTablesHead()
    {
        MetadataStream stream = Find(MetadataStream.Tables) ?? throw Damaged("there is no stream #~");
        ByteCursor cursor = Cursor(stream.Start, stream.Length, MetadataStream.Tables);
        cursor.Bytes(6);
        HeapSizes = cursor.UInt8();
        cursor.Bytes(1);
        ulong present = cursor.UInt64();
        cursor.Bytes(8);
        if ((present & PointerTables) != 0)
        {
            throw new InstrumentationException(
                MetadataDiagnostics.PointerTable, $"{_place}: has the pointer table {(TableIndex)BitOperations.TrailingZeroCount(present & PointerTables)}");
        }

        if ((present & EditTables) != 0 || (HeapSizes & DeltaBit) != 0)
        {
            throw new InstrumentationException(
                MetadataDiagnostics.EditAndContinue, $"{_place}: is an edit-and-continue delta or holds its log");
        }

        ReadRowCounts(ref cursor, present, _rowCounts);
        ExtraData = (HeapSizes & ExtraDataBit) != 0 ? cursor.UInt32() : null;
        _rowsStart = stream.Start + cursor.Position;
        _rowsLength = cursor.Remaining;
    }

    private void ReadRowCounts(ref ByteCursor cursor, ulong present, int[] rowCounts)
    {
        for (int table = 0; table < TableSchema.TableCount; table++)
        {
            if ((present >> table & 1) == 0)
            {
                continue;
            }

            uint rows = cursor.UInt32();
            if (!TableSchema.IsKnown(table) || rows > MostRows)
            {
                throw Damaged($"table 0x{table:X2} is unknown or has too many rows ({rows})");
            }

            rowCounts[table] = (int)rows;
        }
    }

    private ByteCursor Cursor(int start, int length, string part) =>
        new(_bytes.AsSpan(start, length), MetadataDiagnostics.Damaged, $"{_place}: {part}");

    private InstrumentationException Damaged(string what) => new(MetadataDiagnostics.Damaged, $"{_place}: {what}");
}
