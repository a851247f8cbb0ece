using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Flow.StackTypes;
using Edgewise.Instrumentation.Image;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.StackTypes;

public sealed class TypeTableTests
{
    [Theory]
    [InlineData("Markdig.dll")]
    [InlineData("YamlDotNet.dll")]
    [InlineData("AngleSharp.dll")]
    public void A_type_that_was_read_from_a_signature_is_written_with_the_same_bytes(string package)
    {
        using AnalysedModule module = new(File.ReadAllBytes(RealAssemblies.Package(package)), SiteKinds.None);
        TypeTable types = new();
        MemberTypes members = new(module.Reader, types, new NamedTypes(module.Reader, types, null));
        int[] locals = new int[8];
        ByteBuffer written = new();
        int compared = 0;

        for (int row = 1; row <= module.Reader.GetTableRowCount(TableIndex.StandAloneSig); row++)
        {
            StandaloneSignature signature = module.Reader.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(row));
            byte[] original = module.Reader.GetBlobBytes(signature.Signature);

            // Modifiers, pinned locals and function pointers are not kept.
            if (signature.GetKind() != StandaloneSignatureKind.LocalVariables || original.AsSpan().IndexOfAny([ElementCode.Pinned, ElementCode.FunctionPointer, (byte)0x20, (byte)0x1F]) >= 0)
            {
                continue;
            }

            int count = members.ReadLocals(0x11000000 | row, ref locals);
            written.Clear();
            written.WriteByte(0x07);
            written.WriteCompressedUInt32((uint)count);
            Assert.All(locals[..count], local => Assert.True(types.TryEncode(local, written)));
            Assert.Equal(original, written.ToArray());
            compared++;
        }

        Assert.True(compared > 100, $"only {compared} signatures were compared");
    }

    [Fact]
    public void An_instantiated_result_is_written_with_its_arguments()
    {
        byte[] image = Edgewise.Tests.Hosting.Compilation.Image("Types", "using System.Collections.Generic; class C { static bool M(Dictionary<string, List<byte>[]> a) => a[\"x\"] == null; }");
        using AnalysedModule module = new(image, SiteKinds.Comparisons);
        module.Analyse(module.Find("M"));
        ByteBuffer written = new();

        StackValue operand = module.Analysis.Operands(module.Analysis.Sites[0])[0];
        bool encoded = module.Analysis.Types.TryEncode(operand.TypeIndex, written);

        // List`1 is the TypeRef whose coded index stands between class and the number of arguments.
        int list = module.Reader.TypeReferences.Single(handle => module.Reader.StringComparer.Equals(module.Reader.GetTypeReference(handle).Name, "List`1")) is var handle
            ? MetadataTokens.GetRowNumber(handle) : 0;
        Assert.True(encoded);
        Assert.Equal([ElementCode.Vector, ElementCode.Instantiation, ElementCode.Class, (byte)((list << 2) | 1), 1, ElementCode.Byte], written.ToArray());
    }

    [Fact]
    public void A_type_that_no_signature_can_name_is_not_written()
    {
        TypeTable types = new();
        ByteBuffer written = new();
        written.WriteByte(1);
        int undecided = types.Intern(0x3F, 0x01000001, 0, StackType.Unresolved, SkipReason.UnresolvedType);
        int vector = types.Intern(ElementCode.Vector, undecided, 0, StackType.Object);

        Assert.False(types.TryEncode(0, written));
        Assert.False(types.TryEncode(ElementCode.Void, written));
        Assert.False(types.TryEncode(ElementCode.ValueType, written));
        Assert.False(types.TryEncode(vector, written));
        Assert.Equal([1], written.ToArray());
    }

    [Fact]
    public void A_value_whose_full_type_was_lost_at_a_join_fits_a_local_variable_of_its_stack_type()
    {
        TypeTable types = new();
        ByteBuffer written = new();

        Assert.True(types.TryEncode(new StackValue(StackType.UInt16, SkipReason.None, false, 0, -1, 0), written));
        Assert.True(types.TryEncode(new StackValue(StackType.Object, SkipReason.None, false, 0, -1, 0), written));
        Assert.False(types.TryEncode(new StackValue(StackType.ValueType, SkipReason.None, false, 0, -1, 0), written));
        Assert.False(types.TryEncode(new StackValue(StackType.Unknown, SkipReason.MergeConflict, false, 0, -1, 0), written));
        Assert.Equal([ElementCode.UInt16, ElementCode.Object], written.ToArray());
    }

    [Fact]
    public void Equal_types_have_one_index_however_many_there_are()
    {
        TypeTable types = new();
        int[] first = [.. Enumerable.Range(1, 5000).Select(row => types.Intern(ElementCode.Class, 0x02000000 | row, 0, StackType.Object))];

        int[] second = [.. Enumerable.Range(1, 5000).Select(row => types.Intern(ElementCode.Class, 0x02000000 | row, 0, StackType.Object))];

        Assert.Equal(first, second);
        Assert.Equal(5000, first.Distinct().Count());
        Assert.Equal(0, types.Find(ElementCode.ValueType, 0x02000001, 0));
    }
}
