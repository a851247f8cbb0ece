using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Finds the definitions of methods of a module's own behind what its instructions name: instantiations, and references to members of its generic types.</summary>
/// <param name="reader">Metadata of the module.</param>
internal sealed class OwnMethods(MetadataReader reader)
{
    private readonly Dictionary<int, int> _known = [];

    /// <summary>The MethodDef token of a method of this module; for another module's the MemberRef token.</summary>
    public int Find(int token)
    {
        if (!_known.TryGetValue(token, out int found))
        {
            try
            {
                found = Resolve(MetadataTokens.EntityHandle(token));
            }
            catch (BadImageFormatException)
            {
                found = token;
            }

            _known.Add(token, found);
        }

        return found;
    }

    private int Resolve(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.MethodSpecification)
        {
            handle = reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        }

        if (handle.Kind != HandleKind.MemberReference)
        {
            return MetadataTokens.GetToken(handle);
        }

        MemberReference member = reader.GetMemberReference((MemberReferenceHandle)handle);
        EntityHandle parent = member.Parent;
        if (parent.Kind == HandleKind.TypeSpecification)
        {
            BlobReader signature = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
            if (signature.ReadByte() != ElementCode.Instantiation)
            {
                return MetadataTokens.GetToken(handle);
            }

            signature.ReadByte();
            parent = signature.ReadTypeHandle();
        }

        return parent.Kind == HandleKind.TypeDefinition && !parent.IsNil
            ? MetadataTokens.GetToken(Definition((TypeDefinitionHandle)parent, member, handle)) : MetadataTokens.GetToken(handle);
    }

    // A reference to a member of a generic type repeats the definition's signature, type parameters and all (ECMA-335 II.23.2.2).
    private EntityHandle Definition(TypeDefinitionHandle type, in MemberReference member, EntityHandle otherwise)
    {
        byte[] wanted = reader.GetBlobBytes(member.Signature);
        foreach (MethodDefinitionHandle handle in reader.GetTypeDefinition(type).GetMethods())
        {
            MethodDefinition method = reader.GetMethodDefinition(handle);
            if (reader.GetString(method.Name) == reader.GetString(member.Name) && reader.GetBlobBytes(method.Signature).AsSpan().SequenceEqual(wanted))
            {
                return handle;
            }
        }

        return otherwise;
    }
}
