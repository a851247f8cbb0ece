using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Pdb;

namespace Edgewise.Tests.Instrumentation.Pdb;

public sealed class PdbRewriterTests
{
    private const int NewMethods = 3;

    [Theory]
    [InlineData("Microsoft.CodeAnalysis.CSharp", 100_000, 40_000)]
    [InlineData("Microsoft.CodeAnalysis", 50_000, 15_000)]
    [InlineData("Edgewise.Instrumentation", 100, 10)]
    [InlineData("Edgewise.Tests", 300, 10)]
    public void Every_offset_of_a_real_pdb_moves_with_its_instruction_and_nothing_else_changes(string name, int points, int scopes)
    {
        byte[] image = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        byte[] pdb = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name + ".pdb"));
        byte[] untouched = [.. pdb];
        SyntheticMoves moves = new(image);

        byte[] rewritten = PdbRewriter.Rewrite(pdb, moves.Map, moves.RowCounts, NewMethods);

        MovedPdb moved = MovedPdb.Check(pdb, rewritten, moves, NewMethods);
        Assert.Equal(untouched, pdb);
        Assert.True(moved.Points.All >= points, $"only {moved.Points.All} points");
        Assert.True(moved.Scopes >= scopes, $"only {moved.Scopes} scopes");
    }

    [Fact]
    public void Async_methods_iterators_hidden_points_and_several_documents_in_one_method_move_too()
    {
        CompiledSample sample = CompiledSample.Beside;
        SyntheticMoves moves = new(sample.Image);

        byte[] rewritten = PdbRewriter.Rewrite(sample.Pdb!, moves.Map, moves.RowCounts, NewMethods);

        MovedPdb moved = MovedPdb.Check(sample.Pdb!, rewritten, moves, NewMethods);
        Assert.True(moved.Points.Hidden > 0);
        Assert.True(moved.Points.DocumentChanges >= 2);
        Assert.True(moved.HoistedScopes > 0);
        Assert.True(moved.Awaits >= 2);
    }

    [Fact]
    public void Index_widths_follow_the_row_counts_of_the_instrumented_image()
    {
        CompiledSample sample = CompiledSample.Beside;
        SyntheticMoves moves = new(sample.Image);
        int[] rowCounts = [.. moves.RowCounts];
        rowCounts[(int)TableIndex.MethodDef] += 70_000;
        rowCounts[(int)TableIndex.TypeRef] += 70_000;

        byte[] rewritten = PdbRewriter.Rewrite(sample.Pdb!, moves.Map, rowCounts, 70_000);

        MovedPdb moved = MovedPdb.Check(sample.Pdb!, rewritten, moves, 70_000);
        Assert.True(moved.Points.All > 0);
        Assert.Equal(4, RowSize(sample.Pdb!, TableIndex.StateMachineMethod));
        Assert.Equal(8, RowSize(rewritten, TableIndex.StateMachineMethod));
    }

    [Fact]
    public void A_pdb_whose_bodies_did_not_move_is_written_byte_for_byte()
    {
        CompiledSample sample = CompiledSample.Beside;
        SyntheticMoves moves = new(sample.Image);

        byte[] rewritten = PdbRewriter.Rewrite(sample.Pdb!, new OffsetMap(moves.Map.MethodCount), moves.RowCounts, 0);

        Assert.Equal(sample.Pdb!, rewritten);
    }

    private static int RowSize(byte[] pdb, TableIndex table)
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(pdb));
        return provider.GetMetadataReader().GetTableRowSize(table);
    }
}
