using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Tests.Instrumentation.Metadata;

public sealed class MetadataMutationTests
{
    private static readonly byte[] Small = Root("System.Collections.Concurrent.dll");

    [Fact]
    public void Each_damaged_byte_of_the_heads_is_read_or_refused_with_a_reason()
    {
        int refused = 0;
        for (int at = 0; at < 320; at++)
        {
            foreach (byte value in (ReadOnlySpan<byte>)[0, 1, 0x7F, 0x80, 0xFF, (byte)~Small[at], (byte)(Small[at] + 1)])
            {
                byte[] damaged = [.. Small];
                damaged[at] = value;
                refused += Visit(damaged, damaged.Length) ? 0 : 1;
            }
        }

        Assert.InRange(refused, 400, 2000);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (int length = 0; length < Small.Length - 64; length += length < 400 ? 1 : 97)
        {
            Assert.False(Visit(Small, length), $"read {length} of {Small.Length} bytes");
            Assert.False(Visit(Small[..length], length));
        }
    }

    [Fact]
    public void Random_damage_anywhere_is_read_or_refused_with_a_reason()
    {
        Random random = new(20);
        int refused = 0;
        for (int i = 0; i < 4_000; i++)
        {
            byte[] damaged = [.. Small];
            int changes = 1 + random.Next(8);
            int range = i % 2 == 0 ? 2_000 : damaged.Length;
            for (int change = 0; change < changes; change++)
            {
                damaged[random.Next(range)] = (byte)random.Next(256);
            }

            refused += Visit(damaged, damaged.Length) ? 0 : 1;
        }

        Assert.InRange(refused, 500, 3_999);
    }

    [Theory]
    [InlineData("#-", 2, "EW1111", "metadata: the tables are uncompressed (stream #-), as in edit-and-continue sessions")]
    [InlineData("#x", 2, "EW1110", "metadata: there is no stream #~")]
    public void A_root_without_compressed_tables_is_refused(string name, int length, string id, string message)
    {
        byte[] damaged = [.. Small];
        int at = damaged.AsSpan().IndexOf("#~"u8);
        System.Text.Encoding.ASCII.GetBytes(name).AsSpan(0, length).CopyTo(damaged.AsSpan(at));

        InstrumentationException error = Assert.Throws<InstrumentationException>(() => MetadataImage.Read(damaged, 0, damaged.Length));

        Assert.Equal(id, error.Id);
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData(TableIndex.MethodPtr, "EW1112", "metadata: has the pointer table MethodPtr")]
    [InlineData(TableIndex.EncLog, "EW1113", "metadata: is an edit-and-continue delta or holds its log")]
    [InlineData((TableIndex)0x2E, "EW1110", "metadata: table 0x2E is unknown or has too many rows")]
    public void A_table_of_another_kind_of_image_is_refused(TableIndex table, string id, string message)
    {
        byte[] damaged = [.. Small];
        MetadataImage.Read(damaged, 0, damaged.Length);
        int present = TablesStart(damaged) + 8;
        damaged[present + ((int)table / 8)] |= (byte)(1 << ((int)table % 8));

        InstrumentationException error = Assert.Throws<InstrumentationException>(() => MetadataImage.Read(damaged, 0, damaged.Length));

        Assert.Equal(id, error.Id);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static int TablesStart(byte[] root)
    {
        int header = root.AsSpan().IndexOf("#~"u8) - 8;
        return BitConverter.ToInt32(root, header);
    }

    private static byte[] Root(string name)
    {
        MetadataFile file = MetadataFile.Named(name);
        return file.Bytes[file.Offset..(file.Offset + file.Length)];
    }

    // Reads every cell, and what it points to, and writes. Any exception but the product's own fails the test.
    private static bool Visit(byte[] root, int length)
    {
        try
        {
            MetadataImage image = MetadataImage.Read(root, 0, length);
            MetadataFile.Write(image);
            foreach (TableIndex table in Enum.GetValues<TableIndex>())
            {
                VisitTable(image, table);
            }

            return true;
        }
        catch (InstrumentationException error)
        {
            Assert.StartsWith("EW111", error.Id, StringComparison.Ordinal);
            Assert.Contains("metadata", error.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private static void VisitTable(MetadataImage image, TableIndex table)
    {
        ReadOnlySpan<byte> columns = TableSchema.Columns(table);
        for (int row = 1; row <= image.RowCount(table); row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                uint cell = image.GetCell(table, row, column);
                switch (columns[column])
                {
                    case TableSchema.String:
                        image.GetStringBytes(cell);
                        break;
                    case TableSchema.Blob:
                        image.GetBlob(cell);
                        break;
                    case TableSchema.Guid:
                        image.GetGuid(cell);
                        break;
                }
            }
        }
    }
}
