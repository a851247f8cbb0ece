using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Edgewise.Instrumentation.Image;

/// <summary>One column of a table's original rows, for fast scans of the whole table.</summary>
/// <remarks>It sees neither appended rows nor an overridden column, and is stale after the table's first <see cref="MetadataTable.SetCell"/>.</remarks>
internal readonly ref struct TableColumn
{
    private readonly ref byte _first;
    private readonly int _stride;
    private readonly int _rowCount;
    private readonly bool _wide;

    /// <summary>Makes the column from the bytes of the rows.</summary>
    /// <param name="rows">All rows, each of <paramref name="stride"/> bytes.</param>
    /// <param name="stride">Bytes of a row.</param>
    /// <param name="rowCount">How many rows there are.</param>
    /// <param name="cellOffset">Where in a row the cell stands.</param>
    /// <param name="width">Its bytes, 2 or 4.</param>
    public TableColumn(ReadOnlySpan<byte> rows, int stride, int rowCount, int cellOffset, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, (long)stride * rowCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cellOffset + width, stride);
        _first = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), cellOffset);
        _stride = stride;
        _rowCount = rowCount;
        _wide = width == 4;
    }

    /// <summary>How many rows there are.</summary>
    public int RowCount => _rowCount;

    /// <summary>The cell of a row, counted from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public uint this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)(row - 1) >= (uint)_rowCount)
            {
                ThrowRow(row);
            }

            // Inside the rows, which the constructor checked; the metadata is little-endian as every machine that .NET 10 runs on but s390x.
            ref byte cell = ref Unsafe.Add(ref _first, (nint)(row - 1) * _stride);
            return _wide ? LittleEndian(Unsafe.ReadUnaligned<uint>(ref cell)) : LittleEndian(Unsafe.ReadUnaligned<ushort>(ref cell));
        }
    }

    private static uint LittleEndian(uint value) =>
        BitConverter.IsLittleEndian ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);

    private static ushort LittleEndian(ushort value) =>
        BitConverter.IsLittleEndian ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);

    private void ThrowRow(int row) => throw new ArgumentOutOfRangeException(nameof(row), row, $"The table has rows 1 to {_rowCount}.");
}
