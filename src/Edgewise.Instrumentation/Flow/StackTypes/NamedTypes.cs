using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Turns the types that a module defines or refers to into indexes of its <see cref="TypeTable"/>; enumerations get the stack type of their underlying one.</summary>
internal sealed class NamedTypes
{
    // Code of a type whose name alone is known, so that a signature cannot tell of it.
    private const byte Undecided = 0x3F;

    private static readonly string[] CoreLibraries = ["System.Runtime", "System.Private.CoreLib", "netstandard", "mscorlib"];

    private readonly MetadataReader _reader;
    private readonly TypeTable _types;
    private readonly ReferencedTypes? _referenced;
    private readonly bool _isCoreLibrary;
    private readonly Found[] _definitions;
    private readonly Found[] _references;

    /// <summary>Prepares for a module.</summary>
    /// <param name="reader">Its metadata.</param>
    /// <param name="types">Gets the types.</param>
    /// <param name="referenced">Tells of types of other assemblies; null: those stay unresolved, but for the primitive ones.</param>
    public NamedTypes(MetadataReader reader, TypeTable types, ReferencedTypes? referenced)
    {
        _reader = reader;
        _types = types;
        _referenced = referenced;
        _isCoreLibrary = reader.AssemblyReferences.Count == 0;
        _definitions = new Found[reader.TypeDefinitions.Count + 1];
        _references = new Found[reader.TypeReferences.Count + 1];
    }

    /// <summary>The type that a signature names.</summary>
    /// <param name="code"><see cref="ElementCode.Class"/> or <see cref="ElementCode.ValueType"/>.</param>
    /// <param name="handle">TypeDef or TypeRef.</param>
    /// <exception cref="BadImageFormatException">It is neither, or there is no such row.</exception>
    public int OfSignature(byte code, EntityHandle handle)
    {
        int token = MetadataTokens.GetToken(handle);
        int known = _types.Find(code, token, 0);
        if (known != 0)
        {
            return known;
        }

        Found found = Find(handle);
        if (found.Primitive != 0)
        {
            return found.Primitive;
        }

        return code switch
        {
            ElementCode.Class => _types.Intern(code, token, 0, StackType.Object),
            ElementCode.ValueType when found.Type == StackType.Unresolved =>
                _types.Intern(code, token, 0, StackType.Unresolved, SkipReason.UnresolvedType),
            ElementCode.ValueType => _types.Intern(code, token, 0, found.Type == StackType.Object ? StackType.ValueType : found.Type),
            _ => throw new BadImageFormatException($"0x{code:X2} is neither class nor value type"),
        };
    }

    /// <summary>The type that an instruction names, of which nothing tells whether it is a class or a value type but itself.</summary>
    /// <param name="handle">TypeDef or TypeRef.</param>
    /// <exception cref="BadImageFormatException">It is neither, or there is no such row.</exception>
    public int OfInstruction(EntityHandle handle)
    {
        Found found = Find(handle);
        if (found.Type != StackType.Unresolved)
        {
            return OfSignature(found.Type == StackType.Object ? ElementCode.Class : ElementCode.ValueType, handle);
        }

        int token = MetadataTokens.GetToken(handle);
        int seen = _types.Find(ElementCode.ValueType, token, 0);
        seen = seen != 0 ? seen : _types.Find(ElementCode.Class, token, 0);
        return seen != 0 ? seen : _types.Intern(Undecided, token, 0, StackType.Unresolved, SkipReason.UnresolvedType);
    }


    private Found Find(EntityHandle handle)
    {
        int row = MetadataTokens.GetRowNumber(handle);
        Found[] found = handle.Kind switch
        {
            HandleKind.TypeDefinition => _definitions,
            HandleKind.TypeReference => _references,
            _ => [],
        };
        if (row == 0 || row >= found.Length)
        {
            throw new BadImageFormatException("a type is not in the tables");
        }

        if (found[row].Type == StackType.None)
        {
            found[row] = handle.Kind == HandleKind.TypeDefinition
                ? FindDefinition((TypeDefinitionHandle)handle) : FindReference((TypeReferenceHandle)handle);
        }

        return found[row];
    }

    private Found FindDefinition(TypeDefinitionHandle handle)
    {
        if (_isCoreLibrary)
        {
            TypeDefinition definition = _reader.GetTypeDefinition(handle);
            byte primitive = Primitive(definition.Namespace, definition.Name);
            if (primitive != 0 && !definition.IsNested)
            {
                return Found.Of(primitive);
            }
        }

        return new Found(TypeDefinitions.StackTypeOf(_reader, handle), 0);
    }

    private Found FindReference(TypeReferenceHandle handle)
    {
        TypeReference reference = _reader.GetTypeReference(handle);
        byte primitive = Primitive(reference.Namespace, reference.Name);
        return primitive != 0 && IsOfCoreLibrary(reference.ResolutionScope)
            ? Found.Of(primitive) : new Found(_referenced?.Resolve(_reader, handle) ?? StackType.Unresolved, 0);
    }

    private byte Primitive(StringHandle space, StringHandle name) =>
        _reader.StringComparer.Equals(space, "System") ? ElementCode.OfSystemType(_reader.GetString(name)) : (byte)0;

    private bool IsOfCoreLibrary(EntityHandle scope) =>
        !scope.IsNil && scope.Kind == HandleKind.AssemblyReference
        && CoreLibraries.Contains(_reader.GetString(_reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name));

    // Type: None before it was looked for. Primitive: its code, or 0.
    private readonly record struct Found(StackType Type, byte Primitive)
    {
        public static Found Of(byte primitive)
        {
            StackType type = ElementCode.ToStackType(primitive);
            return new Found(type == StackType.None ? StackType.ValueType : type, primitive);
        }
    }
}
