using System.Reflection;
using System.Reflection.Metadata;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>What a type that a module defines is on the stack.</summary>
internal static class TypeDefinitions
{
    /// <summary><see cref="StackType.Object"/> for classes and interfaces, <see cref="StackType.ValueType"/> for structures, of enumerations the underlying type.</summary>
    /// <remarks>ECMA-335 II.13 and II.14.3: a structure derives from <c>System.ValueType</c>, an enumeration from <c>System.Enum</c>, which is a class itself.</remarks>
    /// <exception cref="BadImageFormatException">The metadata is damaged.</exception>
    public static StackType StackTypeOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition definition = reader.GetTypeDefinition(handle);
        if (IsNamed(reader, definition.BaseType, "Enum"))
        {
            return Underlying(reader, definition);
        }

        bool isStructure = IsNamed(reader, definition.BaseType, "ValueType") && !IsNamed(reader, handle, "Enum");
        return isStructure ? StackType.ValueType : StackType.Object;
    }

    /// <summary>True if a type that is defined or referred to in a module has this name in the namespace <c>System</c>.</summary>
    /// <exception cref="BadImageFormatException">The metadata is damaged.</exception>
    public static bool IsNamed(MetadataReader reader, EntityHandle handle, string name)
    {
        StringHandle space, simple;
        switch (handle.Kind)
        {
            case HandleKind.TypeReference when !handle.IsNil:
                TypeReference reference = reader.GetTypeReference((TypeReferenceHandle)handle);
                (space, simple) = (reference.Namespace, reference.Name);
                break;
            case HandleKind.TypeDefinition when !handle.IsNil:
                TypeDefinition definition = reader.GetTypeDefinition((TypeDefinitionHandle)handle);
                (space, simple) = (definition.Namespace, definition.Name);
                break;
            default:
                return false;
        }

        return reader.StringComparer.Equals(simple, name) && reader.StringComparer.Equals(space, "System");
    }

    // The one instance field of an enumeration has its underlying type.
    private static StackType Underlying(MetadataReader reader, TypeDefinition definition)
    {
        foreach (FieldDefinitionHandle handle in definition.GetFields())
        {
            FieldDefinition field = reader.GetFieldDefinition(handle);
            if ((field.Attributes & FieldAttributes.Static) == 0)
            {
                BlobReader signature = reader.GetBlobReader(field.Signature);
                signature.ReadSignatureHeader();
                StackType type = ElementCode.ToStackType(signature.ReadByte());
                return type.IsInteger() ? type : StackType.ValueType;
            }
        }

        return StackType.ValueType;
    }
}
