using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Edgewise.Symbols.Methods;

/// <summary>Which methods of this module a body calls or takes the address of.</summary>
internal sealed class MethodReferences(PEReader image, MetadataReader metadata)
{
    private const byte Call = 0x28, CallVirtual = 0x6F, NewObject = 0x73, LoadFunctionSecondByte = 0x06;
    private const uint MethodDef = 0x06, MemberRef = 0x0A, MethodSpec = 0x2B;

    /// <summary>The MethodDefs that a body refers to by <c>call</c>, <c>callvirt</c>, <c>newobj</c> or <c>ldftn</c>, in order, repetitions included.</summary>
    public IEnumerable<MethodDefinitionHandle> Of(MethodDefinitionHandle method)
    {
        int rva = metadata.GetMethodDefinition(method).RelativeVirtualAddress;
        return rva == 0 ? [] : Scan(image.GetMethodBody(rva).GetILBytes() ?? []);
    }

    private List<MethodDefinitionHandle> Scan(byte[] il)
    {
        List<MethodDefinitionHandle> found = [];
        int position = 0;
        while (position < il.Length)
        {
            byte first = il[position++];
            bool isTwoByte = first == IlOperands.TwoBytePrefix && position < il.Length;
            byte second = isTwoByte ? il[position++] : (byte)0;
            int size = isTwoByte ? IlOperands.OfTwoByte(second) : IlOperands.OfOneByte(first);
            if (size == IlOperands.Switch)
            {
                long targets = position + 4 <= il.Length ? BitConverter.ToUInt32(il, position) : 0;
                position = (int)Math.Min(il.Length, position + 4 + (4 * targets));
                continue;
            }

            bool isReference = isTwoByte ? second == LoadFunctionSecondByte : first is Call or CallVirtual or NewObject;
            if (isReference && position + 4 <= il.Length && Resolve(BitConverter.ToInt32(il, position)) is { IsNil: false } target)
            {
                found.Add(target);
            }

            position += size;
        }

        return found;
    }

    // By the token's first byte: damaged IL holds any number, and not every one of them is a handle.
    private MethodDefinitionHandle Resolve(int token)
    {
        int row = token & 0xFFFFFF;
        return ((uint)token >> 24) switch
        {
            MethodDef => MetadataTokens.MethodDefinitionHandle(row),
            MethodSpec => Resolve(MetadataTokens.GetToken(metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row)).Method)),
            MemberRef => Resolve(metadata.GetMemberReference(MetadataTokens.MemberReferenceHandle(row))),
            _ => default,
        };
    }

    // A method of a generic type is referred to by name. Generated names are not overloaded, so the name alone tells it.
    private MethodDefinitionHandle Resolve(MemberReference reference)
    {
        if (reference.Parent.Kind != HandleKind.TypeSpecification || GenericDefinition((TypeSpecificationHandle)reference.Parent) is not { IsNil: false } type)
        {
            return default;
        }

        string name = metadata.GetString(reference.Name);
        foreach (MethodDefinitionHandle method in metadata.GetTypeDefinition(type).GetMethods())
        {
            if (metadata.StringComparer.Equals(metadata.GetMethodDefinition(method).Name, name))
            {
                return method;
            }
        }

        return default;
    }

    private TypeDefinitionHandle GenericDefinition(TypeSpecificationHandle specification)
    {
        BlobReader signature = metadata.GetBlobReader(metadata.GetTypeSpecification(specification).Signature);
        if (signature.Length < 3 || signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return default;
        }

        signature.ReadByte();
        EntityHandle handle = signature.ReadTypeHandle();
        return handle.Kind == HandleKind.TypeDefinition ? (TypeDefinitionHandle)handle : default;
    }
}
