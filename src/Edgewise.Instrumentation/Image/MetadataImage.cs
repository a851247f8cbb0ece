using System.Reflection.Metadata.Ecma335;
using System.Text;

namespace Edgewise.Instrumentation.Image;

/// <summary>The metadata of a module, or a portable PDB: read in place, added to, and written with every old token and heap offset as it was.</summary>
/// <remarks>
/// Three kinds of change cover all that instrumentation needs: rows appended, cells set, a column replaced. Heaps only grow at their ends.
/// The bytes that were read are never written to. Not safe for use by several threads while it is changed.
/// </remarks>
internal sealed class MetadataImage
{
    private readonly MetadataRoot _root;
    private readonly MetadataTable[] _tables;
    private readonly MetadataHeap _strings;
    private readonly MetadataHeap _userStrings;
    private readonly MetadataHeap _blobs;
    private readonly MetadataHeap _guids;
    private readonly int[] _externalRowCounts;

    private MetadataImage(MetadataRoot root)
    {
        _root = root;
        _tables = root.ReadTables();
        _strings = root.Heap(MetadataStream.Strings);
        _userStrings = root.Heap(MetadataStream.UserStrings);
        _blobs = root.Heap(MetadataStream.Blobs);
        _guids = root.Heap(MetadataStream.Guids);
        _externalRowCounts = root.ExternalRowCounts.ToArray();
    }

    /// <summary>Reads a metadata root.</summary>
    /// <param name="bytes">The file that holds it; kept, never written to.</param>
    /// <param name="offset">Where it starts.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="place">What it is, for messages: <c>metadata</c>, <c>PDB</c>.</param>
    /// <exception cref="InstrumentationException">It is damaged or of a form that is refused; ids in <see cref="MetadataDiagnostics"/>.</exception>
    public static MetadataImage Read(byte[] bytes, int offset, int length, string place = "metadata") =>
        new(MetadataRoot.Read(bytes, offset, length, place));

    /// <summary>True if there is a <c>#Pdb</c> stream.</summary>
    public bool IsPortablePdb => _root.HasPdbStream;

    /// <summary>Id of a portable PDB: a guid and a stamp, 20 bytes; empty without <c>#Pdb</c> stream.</summary>
    public ReadOnlySpan<byte> PdbId => _root.PdbId;

    /// <summary>Position of <see cref="PdbId"/> in the bytes that were read.</summary>
    public int PdbIdPosition => _root.PdbIdPosition;

    /// <summary>One table.</summary>
    public MetadataTable Table(TableIndex table) => _tables[(int)table];

    /// <summary>Rows of a table, those appended included.</summary>
    public int RowCount(TableIndex table) => Table(table).RowCount;

    /// <summary>One cell; rows count from 1.</summary>
    /// <exception cref="InstrumentationException">There is no such row.</exception>
    public uint GetCell(TableIndex table, int row, int column) => Table(table).GetCell(row, column);

    /// <summary>Sets one cell; see <see cref="MetadataTable.SetCell"/>.</summary>
    public void SetCell(TableIndex table, int row, int column, uint value) => Table(table).SetCell(row, column, value);

    /// <summary>Appends a row and returns its number; see <see cref="MetadataTable.AddRow"/> about sorted tables.</summary>
    public int AddRow(TableIndex table, params ReadOnlySpan<uint> cells) => Table(table).AddRow(cells);

    /// <summary>Replaces a column in all original rows; see <see cref="MetadataTable.OverrideColumn"/>.</summary>
    public void OverrideColumn(TableIndex table, int column, uint[] values) => Table(table).OverrideColumn(column, values);

    /// <summary>Appends a name and returns its offset.</summary>
    public uint AddString(string value) => _strings.AddZeroTerminated(Encoding.UTF8.GetBytes(value));

    /// <summary>Appends a blob and returns its offset.</summary>
    public uint AddBlob(ReadOnlySpan<byte> content) => _blobs.AddLengthPrefixed(content);

    /// <summary>Appends a literal and returns its offset; its token is <c>0x70000000 | offset</c>. The heap is made where the file has none.</summary>
    /// <remarks>The last byte says whether a character needs more than simple comparison (ECMA-335 II.24.2.4).</remarks>
    public uint AddUserString(string value)
    {
        if (_userStrings.Length == 0)
        {
            _userStrings.AddEmptyEntry();
        }

        byte[] content = new byte[(value.Length * 2) + 1];
        Encoding.Unicode.GetBytes(value, content);
        content[^1] = value.Any(NeedsMoreThanSimpleComparison) ? (byte)1 : (byte)0;
        return _userStrings.AddLengthPrefixed(content);
    }

    /// <summary>The name at an offset; offset 0 is empty.</summary>
    /// <exception cref="InstrumentationException">It lies outside of the heap, or has no end.</exception>
    public string GetString(uint offset) => Encoding.UTF8.GetString(GetStringBytes(offset));

    /// <summary>The UTF-8 bytes of the name at an offset, for comparing without allocation.</summary>
    /// <exception cref="InstrumentationException">It lies outside of the heap, or has no end.</exception>
    public ReadOnlySpan<byte> GetStringBytes(uint offset) => offset == 0 ? default : _strings.ZeroTerminated(offset);

    /// <summary>The blob at an offset, without its length; offset 0 is empty.</summary>
    /// <exception cref="InstrumentationException">It lies outside of the heap.</exception>
    public ReadOnlySpan<byte> GetBlob(uint offset) => offset == 0 ? default : _blobs.LengthPrefixed(offset);

    /// <summary>The literal at an offset: UTF-16 code units and the last byte; offset 0 is empty.</summary>
    /// <exception cref="InstrumentationException">It lies outside of the heap.</exception>
    public ReadOnlySpan<byte> GetUserString(uint offset) => offset == 0 ? default : _userStrings.LengthPrefixed(offset);

    /// <summary>The guid of an index, which counts from 1; index 0 is the empty guid.</summary>
    /// <exception cref="InstrumentationException">It lies outside of the heap.</exception>
    public Guid GetGuid(uint index)
    {
        if (index == 0)
        {
            return Guid.Empty;
        }

        ReadOnlySpan<byte> rest = _guids.From((uint)Math.Min((index - 1) * 16L, uint.MaxValue));
        return rest.Length >= 16 ? new Guid(rest[..16]) : throw new InstrumentationException(
            MetadataDiagnostics.Damaged, $"{_root.Place}: {MetadataStream.Guids}: guid {index} is cut short");
    }

    /// <summary>Rows that the image of a PDB has in a table, as <c>#Pdb</c> says.</summary>
    public int ExternalRowCount(TableIndex table) => _externalRowCounts[(int)table];

    /// <summary>Raises the rows that the image of a PDB has in a table; the PDB's index widths follow. A smaller number is ignored.</summary>
    public void RaiseExternalRowCount(TableIndex table, int count) =>
        _externalRowCounts[(int)table] = Math.Max(_externalRowCounts[(int)table], count);

    /// <summary>Writes the metadata root at the position of <paramref name="output"/>, which must be a multiple of 4 in the file.</summary>
    /// <remarks>Version, order and names of the streams stay; unknown streams are copied; index widths grow where needed and never shrink; each stream is padded to 4.</remarks>
    public void Write(ByteBuffer output) =>
        new MetadataWriter(_root, _tables, _externalRowCounts, _strings, _userStrings, _blobs).Write(output);

    /// <summary>The metadata root alone, as a portable PDB file has it.</summary>
    public byte[] ToArray()
    {
        ByteBuffer output = new();
        Write(output);
        return output.ToArray();
    }

    private static bool NeedsMoreThanSimpleComparison(char character) =>
        character is (>= '\x01' and <= '\x08') or (>= '\x0E' and <= '\x1F') or '\'' or '-' or '\x7F' or > '\xFF';
}
