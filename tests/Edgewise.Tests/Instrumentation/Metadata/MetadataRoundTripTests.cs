using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Image;

namespace Edgewise.Tests.Instrumentation.Metadata;

public sealed class MetadataRoundTripTests
{
    private static readonly TableIndex[] Tables = Enum.GetValues<TableIndex>();

    [Fact]
    public void Every_framework_assembly_is_written_back_with_every_row_and_heap_byte_for_byte()
    {
        Assert.True(MetadataFile.All.Count > 150, $"only {MetadataFile.All.Count} assemblies found");
        foreach (MetadataFile file in MetadataFile.All)
        {
            byte[] written = MetadataFile.Write(file.Read());

            using MetadataReaderProvider original = file.Reader();
            using MetadataReaderProvider rewritten = MetadataFile.Reader(written);
            AssertSameTables(file.Path, original.GetMetadataReader(), rewritten.GetMetadataReader());
            AssertSameHeaps(file.Path, original.GetMetadataReader(), rewritten.GetMetadataReader());
            Assert.Equal(original.GetMetadataReader().MetadataVersion, rewritten.GetMetadataReader().MetadataVersion);
        }
    }

    [Fact]
    public void Row_counts_and_row_sizes_are_those_that_the_frameworks_reader_computes()
    {
        foreach (MetadataFile file in MetadataFile.All)
        {
            using MetadataReaderProvider provider = file.Reader();
            MetadataReader reader = provider.GetMetadataReader();
            MetadataImage image = file.Read();

            foreach (TableIndex table in Tables)
            {
                Assert.Equal(reader.GetTableRowCount(table), image.RowCount(table));
            }
        }
    }

    [Fact]
    public void Writing_twice_gives_the_same_bytes_and_leaves_the_input_as_it_was()
    {
        MetadataFile file = MetadataFile.Named("System.Private.CoreLib.dll");
        byte[] before = [.. file.Bytes];
        MetadataImage image = file.Read();
        image.SetCell(TableIndex.MethodDef, 1, 0, 0x1234_5678);

        byte[] first = MetadataFile.Write(image);
        byte[] second = MetadataFile.Write(image);

        Assert.Equal(first, second);
        Assert.Equal(before, file.Bytes);
    }

    private static unsafe void AssertSameTables(string path, MetadataReader original, MetadataReader rewritten)
    {
        foreach (TableIndex table in Tables)
        {
            int rows = original.GetTableRowCount(table);
            Assert.Equal(rows, rewritten.GetTableRowCount(table));
            Assert.Equal(original.GetTableRowSize(table), rewritten.GetTableRowSize(table));
            int size = rows * original.GetTableRowSize(table);
            ReadOnlySpan<byte> expected = new(original.MetadataPointer + original.GetTableMetadataOffset(table), size);
            ReadOnlySpan<byte> actual = new(rewritten.MetadataPointer + rewritten.GetTableMetadataOffset(table), size);
            Assert.True(expected.SequenceEqual(actual), $"{path}: {table} differs");
        }
    }

    private static unsafe void AssertSameHeaps(string path, MetadataReader original, MetadataReader rewritten)
    {
        foreach (HeapIndex heap in Enum.GetValues<HeapIndex>())
        {
            int size = original.GetHeapSize(heap);
            Assert.InRange(rewritten.GetHeapSize(heap), size, size + 3);
            ReadOnlySpan<byte> expected = new(original.MetadataPointer + original.GetHeapMetadataOffset(heap), size);
            ReadOnlySpan<byte> actual = new(rewritten.MetadataPointer + rewritten.GetHeapMetadataOffset(heap), size);
            Assert.True(expected.SequenceEqual(actual), $"{path}: heap {heap} differs");
        }
    }
}
