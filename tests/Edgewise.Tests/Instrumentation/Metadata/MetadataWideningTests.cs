using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Image;
using ModuleDefinition = Mono.Cecil.ModuleDefinition;
using TypeDefinition = Mono.Cecil.TypeDefinition;

namespace Edgewise.Tests.Instrumentation.Metadata;

public sealed class MetadataWideningTests
{
    private const int Added = 70_000;

    [Theory]
    [InlineData("Mono.Cecil.dll")]
    [InlineData("System.CommandLine.dll")]
    [InlineData("FsCheck.dll")]
    [InlineData("System.Collections.Concurrent.dll")]
    public void An_image_whose_indexes_all_become_four_bytes_wide_reads_as_before(string name)
    {
        MetadataFile file = MetadataFile.Named(name);
        MetadataImage image = file.Read();
        using MetadataReaderProvider original = file.Reader();
        MetadataReader before = original.GetMetadataReader();
        Assert.True(before.GetTableRowSize(TableIndex.MemberRef) < 12, "the sample must start with narrow indexes");

        Widen(image);

        byte[] written = MetadataFile.Write(image);
        using MetadataReaderProvider widened = MetadataFile.Reader(written);
        MetadataReader after = widened.GetMetadataReader();
        Assert.Equal(12, after.GetTableRowSize(TableIndex.MemberRef));
        Assert.Equal(12, after.GetTableRowSize(TableIndex.CustomAttribute));
        Assert.Equal(before.GetTableRowCount(TableIndex.TypeRef) + Added, after.GetTableRowCount(TableIndex.TypeRef));
        Assert.Equal(MetadataDescription.Of(before, before.GetTableRowCount), MetadataDescription.Of(after, before.GetTableRowCount));
        AssertAppendedRows(before, after);
        AssertCecilSeesTheSame(file, written);
    }

    [Theory]
    [InlineData("Mono.Cecil.dll", TableIndex.TypeRef, 0x7FF)]
    [InlineData("Mono.Cecil.dll", TableIndex.TypeRef, 0x1FFF)]
    [InlineData("Mono.Cecil.dll", TableIndex.TypeRef, 0x3FFF)]
    [InlineData("Mono.Cecil.dll", TableIndex.MemberRef, 0x1FFF)]
    [InlineData("Mono.Cecil.dll", TableIndex.MemberRef, 0x7FFF)]
    [InlineData("System.Console.dll", TableIndex.ModuleRef, 0xFFFF)]
    [InlineData("FsCheck.dll", TableIndex.GenericParam, 0xFFFF)]
    public void An_index_becomes_wide_at_the_very_row_count_where_readers_expect_it(string name, TableIndex table, int rows)
    {
        MetadataFile file = MetadataFile.Named(name);
        foreach (int count in (ReadOnlySpan<int>)[rows, rows + 1])
        {
            MetadataImage image = file.Read();
            RepeatLastRow(image, table, count);

            using MetadataReaderProvider original = file.Reader();
            using MetadataReaderProvider grown = MetadataFile.Reader(MetadataFile.Write(image));

            MetadataReader before = original.GetMetadataReader();
            MetadataReader after = grown.GetMetadataReader();
            Assert.Equal(count, after.GetTableRowCount(table));
            Assert.Equal(MetadataDescription.Of(before, before.GetTableRowCount), MetadataDescription.Of(after, before.GetTableRowCount));
        }
    }

    [Fact]
    public void Appended_strings_blobs_and_literals_are_found_at_the_offsets_that_were_returned()
    {
        MetadataImage image = MetadataFile.Named("Mono.Cecil.dll").Read();
        byte[] longBlob = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];
        uint name = image.AddString("Größe");
        uint blob = image.AddBlob(longBlob);
        uint literal = image.AddUserString("it's");

        using MetadataReaderProvider provider = MetadataFile.Reader(MetadataFile.Write(image));
        MetadataReader reader = provider.GetMetadataReader();

        Assert.Equal("Größe", reader.GetString(MetadataTokens.StringHandle((int)name)));
        Assert.Equal(longBlob, reader.GetBlobBytes(MetadataTokens.BlobHandle((int)blob)));
        Assert.Equal("it's", reader.GetUserString(MetadataTokens.UserStringHandle((int)literal)));
        Assert.Equal("Größe", image.GetString(name));
        Assert.Equal(longBlob, image.GetBlob(blob).ToArray());
        Assert.Equal([0x69, 0, 0x74, 0, 0x27, 0, 0x73, 0, 1], image.GetUserString(literal).ToArray());
    }

    [Fact]
    public void A_literal_makes_the_heap_that_the_module_has_not_got()
    {
        MetadataFile file = MetadataFile.All.First(file =>
        {
            using MetadataReaderProvider provider = file.Reader();
            return provider.GetMetadataReader().GetHeapSize(HeapIndex.UserString) == 0;
        });
        MetadataImage image = file.Read();

        uint literal = image.AddUserString("first");

        using MetadataReaderProvider provider = MetadataFile.Reader(MetadataFile.Write(image));
        Assert.Equal(1u, literal);
        Assert.Equal("first", provider.GetMetadataReader().GetUserString(MetadataTokens.UserStringHandle(1)));
    }

    [Fact]
    public void A_set_cell_and_a_replaced_column_are_written_and_read_back()
    {
        MetadataFile file = MetadataFile.Named("Mono.Cecil.dll");
        MetadataImage image = file.Read();
        uint[] signatures = new uint[image.RowCount(TableIndex.MethodDef)];
        for (int i = 0; i < signatures.Length; i++)
        {
            signatures[i] = image.AddBlob([0x20, 0, 0x01, (byte)i, (byte)(i >> 8), .. new byte[64]]);
        }

        image.OverrideColumn(TableIndex.MethodDef, 4, signatures);
        image.SetCell(TableIndex.MethodDef, 7, 0, 0x00AB_CDEF);

        using MetadataReaderProvider provider = MetadataFile.Reader(MetadataFile.Write(image));
        MetadataReader reader = provider.GetMetadataReader();
        Assert.Equal(0x00AB_CDEF, reader.GetMethodDefinition(MetadataTokens.MethodDefinitionHandle(7)).RelativeVirtualAddress);
        for (int row = 1; row <= signatures.Length; row++)
        {
            byte[] signature = reader.GetBlobBytes(reader.GetMethodDefinition(MetadataTokens.MethodDefinitionHandle(row)).Signature);
            Assert.Equal([(byte)(row - 1), (byte)((row - 1) >> 8)], signature[3..5]);
            Assert.Equal(signatures[row - 1], image.GetCell(TableIndex.MethodDef, row, 4));
        }
    }

    private static void RepeatLastRow(MetadataImage image, TableIndex table, int count)
    {
        uint[] cells = new uint[TableSchema.Columns(table).Length];
        for (int column = 0; column < cells.Length; column++)
        {
            cells[column] = image.GetCell(table, image.RowCount(table), column);
        }

        while (image.RowCount(table) < count)
        {
            image.AddRow(table, cells);
        }
    }

    private static void Widen(MetadataImage image)
    {
        uint name = image.AddString(new string('n', 70_000));
        uint shortName = image.AddString("Late");
        image.AddBlob(new byte[70_000]);
        uint signature = image.AddBlob([0x06, 0x08]);
        for (uint i = 0; i < Added; i++)
        {
            uint scope = (1u << 2) | 2u;
            int type = image.AddRow(TableIndex.TypeRef, scope, i == 0 ? name : shortName, 0);
            image.AddRow(TableIndex.MemberRef, ((uint)type << 3) | 1u, shortName, signature);
        }
    }

    private static void AssertAppendedRows(MetadataReader before, MetadataReader after)
    {
        int firstType = before.GetTableRowCount(TableIndex.TypeRef) + 1;
        int firstMember = before.GetTableRowCount(TableIndex.MemberRef) + 1;
        Assert.Equal(70_000, after.GetString(after.GetTypeReference(MetadataTokens.TypeReferenceHandle(firstType)).Name).Length);
        for (int i = 1; i < Added; i++)
        {
            MemberReference member = after.GetMemberReference(MetadataTokens.MemberReferenceHandle(firstMember + i));
            Assert.Equal(MetadataTokens.TypeReferenceHandle(firstType + i), member.Parent);
            Assert.True(after.StringComparer.Equals(member.Name, "Late"));
            Assert.Equal(2, after.GetBlobReader(member.Signature).Length);
        }
    }

    private static void AssertCecilSeesTheSame(MetadataFile file, byte[] metadata)
    {
        using ModuleDefinition before = ModuleDefinition.ReadModule(new MemoryStream(file.Bytes));
        using ModuleDefinition after = ModuleDefinition.ReadModule(new MemoryStream(GrownImage.WithMetadata(file.Bytes, metadata)));

        Assert.Equal(before.GetTypes().Select(Describe), after.GetTypes().Select(Describe));

        static string Describe(TypeDefinition type) =>
            $"{type.MetadataToken} {type.FullName} {type.BaseType?.FullName} {string.Join(';', type.Methods.Select(method => $"{method.MetadataToken}{method.FullName}"))}"
            + $"{string.Join(';', type.Fields.Select(field => field.FullName))} {string.Join(';', type.Interfaces.Select(used => used.InterfaceType.FullName))}"
            + $"{type.Methods.Where(method => method.HasBody).Sum(method => method.Body.Instructions.Count)}";
    }
}
