using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Instrumentation.Passes;

/// <summary>The calls of a module that do nothing but index: characters of strings, members of spans and lists, arrays of several dimensions.</summary>
internal sealed class IndexedCalls
{
    private const byte InstanceMethod = 0x20;
    private const int MemberReferenceTable = 0x0A;

    private readonly bool[] _isIndexed;

    /// <summary>Looks through a module's references to members of other types.</summary>
    public IndexedCalls(MetadataReader reader)
    {
        _isIndexed = new bool[reader.MemberReferences.Count + 1];
        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            _isIndexed[MetadataTokens.GetRowNumber(handle)] = Indexes(reader, reader.GetMemberReference(handle));
        }
    }

    /// <summary>True if a call's token names one of them. Their arguments: the instance, the indices and, where one is stored, the value.</summary>
    public bool Contains(int token) => token >>> 24 == MemberReferenceTable && (token & 0xFFFFFF) < _isIndexed.Length && _isIndexed[token & 0xFFFFFF];

    private static bool Indexes(MetadataReader reader, in MemberReference member)
    {
        try
        {
            string name = reader.GetString(member.Name);
            return name is "get_Chars" or "get_Item" or "set_Item" or "set_Chars" or "Get" or "Set" or "Address" && Indexes(reader, member, name);
        }
        catch (BadImageFormatException)
        {
            // A damaged row that no body uses is none of ours; the analysis tells of others.
            return false;
        }
    }

    private static bool Indexes(MetadataReader reader, in MemberReference member, string name)
    {
        if (member.Parent.Kind == HandleKind.TypeReference)
        {
            return Named(reader, member.Parent) is ("System", "String") or ("System.Text", "StringBuilder")
                && name is "get_Chars" or "set_Chars" && TakesInteger(reader, member, name == "set_Chars" ? 2 : 1);
        }

        if (member.Parent.Kind != HandleKind.TypeSpecification)
        {
            return false;
        }

        BlobReader parent = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)member.Parent).Signature);
        byte code = parent.ReadByte();
        if (code == ElementCode.Array)
        {
            return name is "Get" or "Set" or "Address";
        }

        return code == ElementCode.Instantiation && parent.ReadByte() != 0 && name is "get_Item" or "set_Item"
            && IsCollection(Named(reader, parent.ReadTypeHandle())) && TakesInteger(reader, member, name == "set_Item" ? 2 : 1);
    }

    private static bool IsCollection((string Space, string Name) type) => type is
        ("System", "Span`1" or "ReadOnlySpan`1")
        or ("System.Collections.Generic", "List`1" or "IList`1" or "IReadOnlyList`1")
        or ("System.Collections.Immutable", "ImmutableArray`1");

    private static (string Space, string Name) Named(MetadataReader reader, EntityHandle handle)
    {
        if (handle.Kind != HandleKind.TypeReference)
        {
            return default;
        }

        TypeReference reference = reader.GetTypeReference((TypeReferenceHandle)handle);
        return (reader.GetString(reference.Namespace), reader.GetString(reference.Name));
    }

    // Results of these are T, ref T, void and char, with modifiers.
    private static bool TakesInteger(MetadataReader reader, in MemberReference member, int count)
    {
        BlobReader signature = reader.GetBlobReader(member.Signature);
        if (signature.ReadByte() != InstanceMethod || signature.ReadCompressedInteger() != count)
        {
            return false;
        }

        byte code = signature.ReadByte();
        while (code is ElementCode.RequiredModifier or ElementCode.OptionalModifier or ElementCode.ByReference)
        {
            if (code != ElementCode.ByReference)
            {
                signature.ReadTypeHandle();
            }

            code = signature.ReadByte();
        }

        if (code == ElementCode.TypeVariable)
        {
            signature.ReadCompressedInteger();
        }

        return signature.ReadByte() == ElementCode.Int32;
    }
}
