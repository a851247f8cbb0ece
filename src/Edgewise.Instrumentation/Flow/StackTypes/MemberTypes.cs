using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>The types behind the tokens of instructions – types, fields, methods, signatures –, decoded at first use and kept.</summary>
/// <remarks>A type parameter is replaced where the member's parent or the method is an instantiation, as in <c>List&lt;int&gt;.get_Item</c>.</remarks>
internal sealed partial class MemberTypes
{
    private const int TypeReferenceTable = 0x01;
    private const int TypeDefinitionTable = 0x02;
    private const int FieldTable = 0x04;
    private const int MethodTable = 0x06;
    private const int MemberReferenceTable = 0x0A;
    private const int SignatureTable = 0x11;
    private const int TypeSpecificationTable = 0x1B;
    private const int MethodSpecificationTable = 0x2B;

    private readonly MetadataReader _reader;
    private readonly TypeTable _types;
    private readonly NamedTypes _names;
    private readonly SignatureReader _signatures;
    private readonly int[] _specifications;
    private readonly int[] _fields;
    private readonly int[] _ownTypes;
    private readonly int[] _methodOwners;
    private readonly int[] _memberParents;
    private readonly int[] _memberFields;
    private readonly CallShape[] _methods;
    private readonly CallShape[] _members;
    private readonly CallShape[] _methodSpecifications;
    private readonly CallShape[] _calledSignatures;

    /// <summary>Prepares for a module.</summary>
    public MemberTypes(MetadataReader reader, TypeTable types, NamedTypes names)
    {
        _reader = reader;
        _types = types;
        _names = names;
        _signatures = new SignatureReader(types, names);
        _specifications = new int[Rows(TableIndex.TypeSpec)];
        _fields = new int[Rows(TableIndex.Field)];
        _ownTypes = new int[Rows(TableIndex.TypeDef)];
        _methodOwners = new int[Rows(TableIndex.MethodDef)];
        _memberParents = new int[Rows(TableIndex.MemberRef)];
        _memberFields = new int[_memberParents.Length];
        _methods = new CallShape[_methodOwners.Length];
        _members = new CallShape[_memberParents.Length];
        _methodSpecifications = new CallShape[Rows(TableIndex.MethodSpec)];
        _calledSignatures = new CallShape[Rows(TableIndex.StandAloneSig)];
        int Rows(TableIndex table) => reader.GetTableRowCount(table) + 1;
    }

    /// <summary>The type that an instruction's TypeDef, TypeRef or TypeSpec token names.</summary>
    /// <exception cref="BadImageFormatException">The metadata is damaged, or the token is none of these.</exception>
    public int OfType(int token)
    {
        switch (token >>> 24)
        {
            case TypeDefinitionTable or TypeReferenceTable:
                return _names.OfInstruction(MetadataTokens.EntityHandle(token));
            case TypeSpecificationTable:
                ref int type = ref Slot(_specifications, token);
                return type != 0 ? type : type = ReadSpecification(token);
            default:
                throw Damaged(token);
        }
    }

    /// <summary>The type of a Field or MemberRef.</summary>
    /// <exception cref="BadImageFormatException">The metadata is damaged, or the token is no field's.</exception>
    public int OfField(int token)
    {
        switch (token >>> 24)
        {
            case FieldTable:
                ref int field = ref Slot(_fields, token);
                return field != 0 ? field
                    : field = ReadField(_reader.GetFieldDefinition(MetadataTokens.FieldDefinitionHandle(token & 0xFFFFFF)).Signature, 0);
            case MemberReferenceTable:
                ref int member = ref Slot(_memberFields, token);
                return member != 0 ? member
                    : member = ReadField(_reader.GetMemberReference(MetadataTokens.MemberReferenceHandle(token & 0xFFFFFF)).Signature, ParentArguments(token));
            default:
                throw Damaged(token);
        }
    }

    /// <summary>What a call of a MethodDef, MemberRef or MethodSpec, or a <c>calli</c> of a StandAloneSig, takes and leaves.</summary>
    /// <exception cref="BadImageFormatException">The metadata is damaged, or the token is none of these.</exception>
    public CallShape OfCall(int token)
    {
        switch (token >>> 24)
        {
            case MethodTable:
                ref CallShape method = ref Slot(_methods, token);
                return method.Returned != 0 ? method : method = ReadCall(MethodSignature(token), 0, 0);
            case MemberReferenceTable:
                ref CallShape member = ref Slot(_members, token);
                return member.Returned != 0 ? member : member = ReadCall(MethodSignature(token), ParentArguments(token), 0);
            case MethodSpecificationTable:
                ref CallShape specification = ref Slot(_methodSpecifications, token);
                return specification.Returned != 0 ? specification : specification = ReadSpecifiedCall(token);
            case SignatureTable:
                ref CallShape signature = ref Slot(_calledSignatures, token);
                return signature.Returned != 0 ? signature
                    : signature = ReadCall(_reader.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(token & 0xFFFFFF)).Signature, 0, 0);
            default:
                throw Damaged(token);
        }
    }

    /// <summary>The type whose constructor a MethodDef or MemberRef is.</summary>
    /// <exception cref="BadImageFormatException">The metadata is damaged, or the token is neither.</exception>
    public int OfConstructed(int token) => (token >>> 24) switch
    {
        MethodTable => OwnerOf(token),
        MemberReferenceTable => ParentOf(token),
        _ => throw Damaged(token),
    };

    /// <summary>Reads the types of a method's arguments, the instance first.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="BadImageFormatException">The metadata is damaged.</exception>
    public int ReadArguments(int methodToken, ref int[] arguments)
    {
        BlobReader blob = Begin(MethodSignature(methodToken), 0, 0);
        SignatureHeader header = ReadMethodHeader(ref blob, out int count);
        int length = 0;
        if (arguments.Length <= count)
        {
            arguments = new int[count + 1];
        }

        if (header.IsInstance && !header.HasExplicitThis)
        {
            int owner = OwnerOf(methodToken);
            arguments[length++] = _types.Code(owner) is ElementCode.Class || _types.ValueOf(owner).Type == StackType.Object
                ? owner : _types.Intern(ElementCode.ByReference, owner, 0, StackType.ManagedPointer);
        }

        _signatures.ReadType(ref blob);
        while (count-- > 0)
        {
            arguments[length++] = _signatures.ReadType(ref blob);
        }

        return length;
    }

    /// <summary>Reads the types of a body's local variables.</summary>
    /// <param name="token">StandAloneSig, or 0 for none.</param>
    /// <param name="locals">Filled, and made longer where needed.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="BadImageFormatException">The metadata is damaged.</exception>
    public int ReadLocals(int token, ref int[] locals)
    {
        if (token == 0)
        {
            return 0;
        }

        Require(token >>> 24 == SignatureTable && (token & 0xFFFFFF) < _calledSignatures.Length, token);
        BlobReader blob = Begin(_reader.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(token & 0xFFFFFF)).Signature, 0, 0);
        Require(blob.ReadSignatureHeader().Kind == SignatureKind.LocalVariables, token);
        int count = SignatureReader.ReadCount(ref blob);
        if (locals.Length < count)
        {
            locals = new int[count];
        }

        for (int i = 0; i < count; i++)
        {
            locals[i] = _signatures.ReadType(ref blob);
        }

        return count;
    }
}
