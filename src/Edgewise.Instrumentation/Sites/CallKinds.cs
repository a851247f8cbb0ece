using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Edgewise.Instrumentation.Flow.StackTypes;

namespace Edgewise.Instrumentation.Sites;

/// <summary>Finds out how the callees of a module's <c>callvirt</c> instructions are found. Not thread-safe.</summary>
/// <param name="reader">Metadata of the module.</param>
/// <param name="referenced">Finds types of other assemblies; null: their methods count as virtual, and the Runtime leaves out those that are not.</param>
internal sealed class CallKinds(MetadataReader reader, ReferencedTypes? referenced)
{
    private const int MostBaseTypes = 64;

    private readonly Dictionary<int, CallKind> _known = [];

    /// <summary>How the callee of a <c>callvirt</c> with this operand is found.</summary>
    public CallKind Of(int token)
    {
        if (!_known.TryGetValue(token, out CallKind kind))
        {
            try
            {
                kind = Find(MetadataTokens.EntityHandle(token));
            }
            catch (BadImageFormatException)
            {
                kind = CallKind.Unknown;
            }

            _known.Add(token, kind);
        }

        return kind;
    }

    /// <summary>True if a function pointer of this signature is one of managed code.</summary>
    /// <exception cref="BadImageFormatException">The metadata is damaged.</exception>
    public static bool HasVariableArguments(BlobReader signature) => signature.ReadSignatureHeader().CallingConvention == SignatureCallingConvention.VarArgs;

    private CallKind Find(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.MethodSpecification)
        {
            handle = reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        }

        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                return OfDefinition(reader, (MethodDefinitionHandle)handle);
            case HandleKind.MemberReference:
                MemberReference member = reader.GetMemberReference((MemberReferenceHandle)handle);
                return HasVariableArguments(reader.GetBlobReader(member.Signature)) ? CallKind.Unknown : OfMember(member);
            default:
                return CallKind.Unknown;
        }
    }

    private CallKind OfMember(in MemberReference member)
    {
        EntityHandle parent = member.Parent;
        bool usesParameters = false;
        if (parent.Kind == HandleKind.TypeSpecification)
        {
            BlobReader signature = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
            if (signature.ReadByte() != ElementCode.Instantiation)
            {
                // The accessors of arrays.
                return CallKind.Direct;
            }

            signature.ReadByte();
            parent = signature.ReadTypeHandle();
            usesParameters = UsesParameters(ref signature, signature.ReadCompressedInteger());
        }

        string name = reader.GetString(member.Name);
        int parameters = ParameterCount(reader.GetBlobReader(member.Signature));
        if (parent.Kind == HandleKind.TypeDefinition)
        {
            return OfType(reader, (TypeDefinitionHandle)parent, name, parameters, usesParameters, MostBaseTypes);
        }

        return parent.Kind != HandleKind.TypeReference ? CallKind.Unknown
            : referenced is not null && referenced.TryFind(reader, (TypeReferenceHandle)parent, out MetadataReader? owner, out TypeDefinitionHandle definition)
                ? OfType(owner, definition, name, parameters, usesParameters, MostBaseTypes)
            : NotAtHand(name, usesParameters);
    }

    private static CallKind NotAtHand(string name, bool usesParameters) =>
        name == "Invoke" ? CallKind.PerhapsTarget : usesParameters ? CallKind.InContext : CallKind.Virtual;

    // The reference may name a base type's method. Methods of one name and number of parameters are mostly of one kind; where not, the Runtime decides.
    private CallKind OfType(MetadataReader owner, TypeDefinitionHandle type, string name, int parameters, bool usesParameters, int depth)
    {
        TypeDefinition definition = owner.GetTypeDefinition(type);
        bool isInterface = (definition.Attributes & TypeAttributes.Interface) != 0;
        CallKind? kind = null;
        foreach (MethodDefinitionHandle handle in definition.GetMethods())
        {
            MethodDefinition method = owner.GetMethodDefinition(handle);
            if (owner.StringComparer.Equals(method.Name, name) && ParameterCount(owner.GetBlobReader(method.Signature)) == parameters)
            {
                CallKind found = OfDefinition(owner, handle);
                kind = kind is null || kind == found ? found : CallKind.Virtual;
            }
        }

        if (kind is { } known)
        {
            return known == CallKind.Virtual && isInterface && usesParameters ? CallKind.InContext : known;
        }

        return depth == 0 || isInterface ? NotAtHand(name, usesParameters)
            : definition.BaseType.Kind == HandleKind.TypeDefinition && !definition.BaseType.IsNil
                ? OfType(owner, (TypeDefinitionHandle)definition.BaseType, name, parameters, usesParameters, depth - 1)
            : definition.BaseType.Kind == HandleKind.TypeReference && referenced is not null
                && referenced.TryFind(owner, (TypeReferenceHandle)definition.BaseType, out MetadataReader? next, out TypeDefinitionHandle found2)
                ? OfType(next, found2, name, parameters, usesParameters, depth - 1)
            : NotAtHand(name, usesParameters);
    }

    private static CallKind OfDefinition(MetadataReader owner, MethodDefinitionHandle handle)
    {
        MethodDefinition method = owner.GetMethodDefinition(handle);
        TypeDefinition type = owner.GetTypeDefinition(method.GetDeclaringType());
        if (TypeDefinitions.IsNamed(owner, type.BaseType, "MulticastDelegate") && owner.StringComparer.Equals(method.Name, "Invoke"))
        {
            return CallKind.Target;
        }

        return (method.Attributes & MethodAttributes.Virtual) == 0 || (method.Attributes & MethodAttributes.Final) != 0
            || (type.Attributes & TypeAttributes.Sealed) != 0 ? CallKind.Direct
            : HasVariableArguments(owner.GetBlobReader(method.Signature)) ? CallKind.Unknown
            : CallKind.Virtual;
    }

    private static int ParameterCount(BlobReader signature)
    {
        if (signature.ReadSignatureHeader().IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        return signature.ReadCompressedInteger();
    }

    // True if a type parameter stands anywhere in a list of types.
    private static bool UsesParameters(ref BlobReader types, int count)
    {
        bool uses = false;
        for (; count > 0; count--)
        {
            uses |= UsesParameters(ref types);
        }

        return uses;
    }

    private static bool UsesParameters(ref BlobReader type)
    {
        switch (type.ReadByte())
        {
            case ElementCode.TypeVariable or ElementCode.MethodVariable:
                type.ReadCompressedInteger();
                return true;
            case ElementCode.Class or ElementCode.ValueType:
                type.ReadTypeHandle();
                return false;
            case ElementCode.Vector or ElementCode.Pointer or ElementCode.ByReference:
                return UsesParameters(ref type);
            case ElementCode.Instantiation:
                type.ReadByte();
                type.ReadTypeHandle();
                return UsesParameters(ref type, type.ReadCompressedInteger());
            case ElementCode.Array or ElementCode.FunctionPointer or 0x1F or 0x20:
                // Rare, and asking the runtime each time is never wrong; what stands behind is not read.
                type.Offset += type.RemainingBytes;
                return true;
            default:
                return false;
        }
    }
}
