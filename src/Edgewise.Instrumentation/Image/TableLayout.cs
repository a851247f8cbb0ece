using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Instrumentation.Image;

/// <summary>Where the cells of each table's rows stand, for given row counts and heap sizes.</summary>
internal sealed class TableLayout
{
    private readonly int[] _rowSizes = new int[TableSchema.TableCount];
    private readonly byte[][] _widths = new byte[TableSchema.TableCount][];

    /// <summary>Computes the layout.</summary>
    /// <param name="rowCounts">Rows of each table that an index may point into (in a PDB: those of the image, for the image's tables); 64 numbers.</param>
    /// <param name="heaps">Widths of heap offsets.</param>
    public TableLayout(ReadOnlySpan<int> rowCounts, HeapWidths heaps)
    {
        for (int table = 0; table < TableSchema.TableCount; table++)
        {
            ReadOnlySpan<byte> columns = TableSchema.Columns((TableIndex)table);
            byte[] widths = columns.Length == 0 ? [] : new byte[columns.Length];
            for (int column = 0; column < columns.Length; column++)
            {
                widths[column] = (byte)TableSchema.ColumnWidth(columns[column], rowCounts, heaps);
                _rowSizes[table] += widths[column];
            }

            _widths[table] = widths;
        }
    }

    /// <summary>Bytes of a row.</summary>
    public int RowSize(TableIndex table) => _rowSizes[(int)table];

    /// <summary>Bytes of each cell of a row, each 2 or 4.</summary>
    public ReadOnlySpan<byte> Widths(TableIndex table) => _widths[(int)table];
}
