using System.Buffers.Binary;
using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Instrumentation.Image;

/// <summary>One table: its original rows, in place until a cell is set, and rows appended behind them. Rows count from 1.</summary>
internal sealed class MetadataTable
{
    private readonly TableIndex _index;
    private readonly string _place;
    private readonly int _rowSize;
    private readonly byte[] _widths;
    private readonly int[] _cellOffsets;
    private readonly int _originalRowCount;
    private readonly uint[]?[] _overrides;
    private byte[] _bytes;
    private int _start;
    private bool _isCopy;
    private uint[] _appended = [];
    private int _appendedCells;

    /// <summary>Makes the table from rows whose place was checked.</summary>
    public MetadataTable(TableIndex index, string place, byte[] bytes, int start, int rowCount, TableLayout layout)
    {
        _index = index;
        _place = place;
        _bytes = bytes;
        _start = start;
        _originalRowCount = rowCount;
        _rowSize = layout.RowSize(index);
        _widths = layout.Widths(index).ToArray();
        _cellOffsets = new int[_widths.Length];
        _overrides = new uint[]?[_widths.Length];
        for (int column = 1; column < _widths.Length; column++)
        {
            _cellOffsets[column] = _cellOffsets[column - 1] + _widths[column - 1];
        }
    }

    /// <summary>Rows, those appended included.</summary>
    public int RowCount => _originalRowCount + (_widths.Length == 0 ? 0 : _appendedCells / _widths.Length);

    /// <summary>Rows that the file had.</summary>
    public int OriginalRowCount => _originalRowCount;

    /// <summary>One column of the original rows, for scans.</summary>
    public TableColumn Column(int column) => new(
        _bytes.AsSpan(_start, _rowSize * _originalRowCount), _rowSize, _originalRowCount, _cellOffsets[column], _widths[column]);

    /// <summary>One cell.</summary>
    /// <exception cref="InstrumentationException">There is no such row (<see cref="MetadataDiagnostics.Damaged"/>): row numbers come from files.</exception>
    public uint GetCell(int row, int column)
    {
        if (row > _originalRowCount && row <= RowCount)
        {
            return _appended[((row - _originalRowCount - 1) * _widths.Length) + column];
        }

        int at = CellPosition(row, column);
        return _overrides[column] is { } values ? values[row - 1]
            : _widths[column] == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at))
            : BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));
    }

    /// <summary>Sets one cell, in a private copy of the table: the bytes that were read stay.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The cell has two bytes in the file and <paramref name="value"/> needs four: use <see cref="OverrideColumn"/>.</exception>
    /// <exception cref="InstrumentationException">There is no such row.</exception>
    public void SetCell(int row, int column, uint value)
    {
        if (row > _originalRowCount && row <= RowCount)
        {
            _appended[((row - _originalRowCount - 1) * _widths.Length) + column] = value;
            return;
        }

        _ = CellPosition(row, column);
        if (!_isCopy)
        {
            _bytes = _bytes.AsSpan(_start, _rowSize * _originalRowCount).ToArray();
            _start = 0;
            _isCopy = true;
        }

        int at = CellPosition(row, column);
        if (_overrides[column] is { } values)
        {
            values[row - 1] = value;
        }
        else if (_widths[column] == 4)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at), value);
        }
        else
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 0xFFFFu);
            BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(at), (ushort)value);
        }
    }

    /// <summary>Replaces a column in all original rows, of any width.</summary>
    /// <param name="column">Number of the column.</param>
    /// <param name="values">One value per original row; kept, not copied.</param>
    /// <exception cref="ArgumentException">There are not as many values as original rows.</exception>
    public void OverrideColumn(int column, uint[] values)
    {
        if (values.Length != _originalRowCount)
        {
            throw new ArgumentException($"{_index} has {_originalRowCount} rows, not {values.Length}.", nameof(values));
        }

        _overrides[column] = values;
    }

    /// <summary>Appends a row.</summary>
    /// <returns>Its row number.</returns>
    /// <remarks>In a table that the format wants sorted (Constant, CustomAttribute, FieldRva, ClassLayout, NestedClass …) the row must not sort before the last one; the caller sees to it.</remarks>
    /// <exception cref="ArgumentException">The number of cells is not that of the columns.</exception>
    public int AddRow(ReadOnlySpan<uint> cells)
    {
        if (cells.Length != _widths.Length)
        {
            throw new ArgumentException($"{_index} has {_widths.Length} columns, not {cells.Length}.", nameof(cells));
        }

        if (_appended.Length < _appendedCells + cells.Length)
        {
            Array.Resize(ref _appended, Math.Max(2 * _appended.Length, _appendedCells + (4 * cells.Length)));
        }

        cells.CopyTo(_appended.AsSpan(_appendedCells));
        _appendedCells += cells.Length;
        return RowCount;
    }

    /// <summary>Writes all rows with the widths of <paramref name="layout"/>, none of which is narrower than the file's.</summary>
    /// <exception cref="InvalidOperationException">A value does not fit its column: it points behind the rows or the heap that it indexes.</exception>
    public void Write(ByteBuffer output, TableLayout layout)
    {
        ReadOnlySpan<byte> widths = layout.Widths(_index);
        int rowSize = layout.RowSize(_index);
        ReadOnlySpan<byte> source = _bytes.AsSpan(_start, _rowSize * _originalRowCount);
        Span<byte> target = output.Append(rowSize * _originalRowCount);
        bool isSame = widths.SequenceEqual(_widths);
        if (isSame)
        {
            source.CopyTo(target);
        }

        for (int column = 0, cell = 0; column < widths.Length && target.Length != 0; cell += widths[column++])
        {
            if (_overrides[column] is { } values)
            {
                WriteColumn(values, target[cell..], rowSize, widths[column], column);
            }
            else if (!isSame)
            {
                CopyColumn(source[_cellOffsets[column]..], _rowSize, _widths[column], target[cell..], rowSize, widths[column]);
            }
        }

        WriteAppended(output, widths);
    }

    private static void CopyColumn(
        ReadOnlySpan<byte> source, int sourceStride, int sourceWidth, Span<byte> target, int targetStride, int targetWidth)
    {
        for (int from = 0, to = 0; from < source.Length; from += sourceStride, to += targetStride)
        {
            if (targetWidth == 2)
            {
                source.Slice(from, 2).CopyTo(target[to..]);
            }
            else if (sourceWidth == 4)
            {
                source.Slice(from, 4).CopyTo(target[to..]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(target[to..], BinaryPrimitives.ReadUInt16LittleEndian(source[from..]));
            }
        }
    }

    private void WriteColumn(uint[] values, Span<byte> target, int stride, int width, int column)
    {
        int to = 0;
        foreach (uint value in values)
        {
            if (width == 4)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(target[to..], value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(target[to..], Narrow(value, column));
            }

            to += stride;
        }
    }

    private void WriteAppended(ByteBuffer output, ReadOnlySpan<byte> widths)
    {
        for (int at = 0; at < _appendedCells;)
        {
            for (int column = 0; column < widths.Length; column++)
            {
                uint value = _appended[at++];
                if (widths[column] == 4)
                {
                    output.WriteUInt32(value);
                }
                else
                {
                    output.WriteUInt16(Narrow(value, column));
                }
            }
        }
    }

    private ushort Narrow(uint value, int column) => value <= 0xFFFF ? (ushort)value : throw new InvalidOperationException(
        $"{_index}, column {column}: {value} does not fit the two bytes that the rows and heaps there are ask for.");

    private int CellPosition(int row, int column) => (uint)(row - 1) < (uint)_originalRowCount
        ? _start + ((row - 1) * _rowSize) + _cellOffsets[column]
        : throw new InstrumentationException(
            MetadataDiagnostics.Damaged, $"{_place}: table {_index}: row {row} is wanted, and there are {RowCount}");
}
