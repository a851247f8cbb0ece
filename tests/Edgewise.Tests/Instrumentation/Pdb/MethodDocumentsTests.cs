using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Pdb;

namespace Edgewise.Tests.Instrumentation.Pdb;

public sealed class MethodDocumentsTests
{
    [Fact]
    public void Every_method_of_a_real_pdb_has_the_document_of_its_first_point()
    {
        byte[] pdb = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Microsoft.CodeAnalysis.pdb"));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(pdb));
        MetadataReader reader = provider.GetMetadataReader();
        Dictionary<int, int> moveNext = reader.MethodDebugInformation
            .Where(handle => !reader.GetMethodDebugInformation(handle).GetStateMachineKickoffMethod().IsNil)
            .ToDictionary(handle => MetadataTokens.GetRowNumber(reader.GetMethodDebugInformation(handle).GetStateMachineKickoffMethod()), handle => MetadataTokens.GetRowNumber(handle));

        MethodDocuments documents = new(MetadataImage.Read(pdb, 0, pdb.Length, "PDB"));

        int found = 0;
        for (int row = 1; row <= reader.MethodDebugInformation.Count; row++)
        {
            string? expected = FirstDocument(reader, row) ?? (moveNext.TryGetValue(row, out int machine) ? FirstDocument(reader, machine) : null);
            Assert.Equal(expected, documents.Find(row));
            found += expected is null ? 0 : 1;
        }

        Assert.True(found > 10_000, $"only {found} methods have a document");
        Assert.True(moveNext.Count > 100);
    }

    [Fact]
    public void A_method_over_several_documents_has_the_first_and_an_async_one_that_of_its_state_machine()
    {
        CompiledSample sample = CompiledSample.Beside;
        MetadataImage image = MetadataOf(sample);
        MethodDocuments documents = new(MetadataImage.Read(sample.Pdb!, 0, sample.Pdb!.Length, "PDB"));

        Assert.Equal(CompiledSample.SourcePath, documents.Find(Row(image, "Across")));
        Assert.Equal(CompiledSample.SourcePath, documents.Find(Row(image, "Wait")));
        Assert.Equal(CompiledSample.SourcePath, documents.Find(Row(image, "Count")));
    }

    [Fact]
    public void A_row_that_does_not_exist_has_no_document()
    {
        CompiledSample sample = CompiledSample.Beside;
        MethodDocuments documents = new(MetadataImage.Read(sample.Pdb!, 0, sample.Pdb!.Length, "PDB"));

        Assert.Null(documents.Find(0));
        Assert.Null(documents.Find(100_000));
    }

    private static string? FirstDocument(MetadataReader reader, int row)
    {
        foreach (SequencePoint point in reader.GetMethodDebugInformation(MetadataTokens.MethodDebugInformationHandle(row)).GetSequencePoints())
        {
            return reader.GetString(reader.GetDocument(point.Document).Name);
        }

        return null;
    }

    private static MetadataImage MetadataOf(CompiledSample sample)
    {
        using System.Reflection.PortableExecutable.PEReader reader = new(ImmutableArray.Create(sample.Image));
        return MetadataImage.Read(sample.Image, reader.PEHeaders.MetadataStartOffset, reader.PEHeaders.MetadataSize);
    }

    private static int Row(MetadataImage image, string name) => Enumerable.Range(1, image.RowCount(TableIndex.MethodDef))
        .First(row => image.GetString(image.GetCell(TableIndex.MethodDef, row, 3)) == name);
}
