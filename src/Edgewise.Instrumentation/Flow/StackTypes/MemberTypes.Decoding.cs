using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <content>Decoding.</content>
internal sealed partial class MemberTypes
{
    private static BadImageFormatException Damaged(int token) => new($"token 0x{token:X8} is not what its place asks for");

    private static void Require(bool condition, int token)
    {
        if (!condition)
        {
            throw Damaged(token);
        }
    }

    private static ref T Slot<T>(T[] slots, int token)
    {
        int row = token & 0xFFFFFF;
        if ((uint)(row - 1) >= (uint)(slots.Length - 1))
        {
            throw Damaged(token);
        }

        return ref slots[row];
    }

    private static SignatureHeader ReadMethodHeader(ref BlobReader blob, out int count)
    {
        SignatureHeader header = blob.ReadSignatureHeader();
        if (header.Kind != SignatureKind.Method)
        {
            throw new BadImageFormatException("a signature is no method's");
        }

        if (header.IsGeneric)
        {
            blob.ReadCompressedInteger();
        }

        count = SignatureReader.ReadCount(ref blob);
        return header;
    }

    private BlobReader Begin(BlobHandle blob, int typeArguments, int methodArguments)
    {
        _signatures.TypeArguments = typeArguments;
        _signatures.MethodArguments = methodArguments;
        return _reader.GetBlobReader(blob);
    }

    private int ReadSpecification(int token)
    {
        BlobReader blob = Begin(_reader.GetTypeSpecification(MetadataTokens.TypeSpecificationHandle(token & 0xFFFFFF)).Signature, 0, 0);
        return _signatures.ReadType(ref blob);
    }

    private int ReadField(BlobHandle signature, int typeArguments)
    {
        BlobReader blob = Begin(signature, typeArguments, 0);
        if (blob.ReadSignatureHeader().Kind != SignatureKind.Field)
        {
            throw new BadImageFormatException("a signature is no field's");
        }

        return _signatures.ReadType(ref blob);
    }

    private CallShape ReadCall(BlobHandle signature, int typeArguments, int methodArguments)
    {
        BlobReader blob = Begin(signature, typeArguments, methodArguments);
        SignatureHeader header = ReadMethodHeader(ref blob, out int count);
        return new CallShape(count, header.IsInstance && !header.HasExplicitThis, _signatures.ReadType(ref blob));
    }

    private CallShape ReadSpecifiedCall(int token)
    {
        MethodSpecification specification = _reader.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(token & 0xFFFFFF));
        int method = MetadataTokens.GetToken(specification.Method);
        Require(method >>> 24 is MethodTable or MemberReferenceTable, token);
        BlobReader blob = Begin(specification.Signature, 0, 0);
        Require(blob.ReadSignatureHeader().Kind == SignatureKind.MethodSpecification, token);
        int arguments = _signatures.ReadList(ref blob, SignatureReader.ReadCount(ref blob));
        return ReadCall(MethodSignature(method), method >>> 24 == MemberReferenceTable ? ParentArguments(method) : 0, arguments);
    }

    private BlobHandle MethodSignature(int token)
    {
        bool isDefinition = token >>> 24 == MethodTable;
        Slot(isDefinition ? _methods : _members, token);
        return isDefinition
            ? _reader.GetMethodDefinition(MetadataTokens.MethodDefinitionHandle(token & 0xFFFFFF)).Signature
            : _reader.GetMemberReference(MetadataTokens.MemberReferenceHandle(token & 0xFFFFFF)).Signature;
    }

    private int ParentArguments(int memberReference)
    {
        EntityHandle parent = _reader.GetMemberReference(MetadataTokens.MemberReferenceHandle(memberReference & 0xFFFFFF)).Parent;
        if (parent.IsNil || parent.Kind != HandleKind.TypeSpecification)
        {
            return 0;
        }

        int type = OfType(MetadataTokens.GetToken(parent));
        return _types.Code(type) == ElementCode.Instantiation ? _types.Right(type) : 0;
    }

    private int ParentOf(int memberReference)
    {
        ref int parent = ref Slot(_memberParents, memberReference);
        return parent != 0 ? parent
            : parent = OfType(MetadataTokens.GetToken(_reader.GetMemberReference(MetadataTokens.MemberReferenceHandle(memberReference & 0xFFFFFF)).Parent));
    }

    private int OwnerOf(int method)
    {
        ref int owner = ref Slot(_methodOwners, method);
        return owner != 0 ? owner
            : owner = OwnType(_reader.GetMethodDefinition(MetadataTokens.MethodDefinitionHandle(method & 0xFFFFFF)).GetDeclaringType());
    }

    // A generic type is, within itself, the instantiation over its own parameters.
    private int OwnType(TypeDefinitionHandle handle)
    {
        ref int own = ref Slot(_ownTypes, MetadataTokens.GetToken(handle));
        if (own != 0)
        {
            return own;
        }

        int named = _names.OfInstruction(handle);
        int parameters = _reader.GetTypeDefinition(handle).GetGenericParameters().Count;
        if (parameters == 0)
        {
            return own = named;
        }

        int list = 0;
        while (parameters > 0)
        {
            int variable = _types.Intern(ElementCode.TypeVariable, --parameters, 0, StackType.GenericParameter, SkipReason.GenericParameter);
            list = _types.Intern(TypeTable.List, variable, list, StackType.Unknown);
        }

        return own = _types.Intern(ElementCode.Instantiation, named, list, _types.ValueOf(named).Type);
    }
}
