using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Edgewise.Tests.Instrumentation.Metadata;

/// <summary>A line per row of a module's metadata, by System.Reflection.Metadata's typed view, with heap contents in place of offsets.</summary>
public static class MetadataDescription
{
    /// <summary>Describes the rows up to the given counts, so that appended rows can be left out.</summary>
    public static List<string> Of(MetadataReader reader, Func<TableIndex, int> rowCount)
    {
        List<string> lines = [];
        Describe(TableIndex.TypeRef, row => TypeReference(reader, MetadataTokens.TypeReferenceHandle(row)));
        Describe(TableIndex.TypeDef, row => TypeDefinition(reader, MetadataTokens.TypeDefinitionHandle(row)));
        Describe(TableIndex.Field, row => Field(reader, MetadataTokens.FieldDefinitionHandle(row)));
        Describe(TableIndex.MethodDef, row => Method(reader, MetadataTokens.MethodDefinitionHandle(row)));
        Describe(TableIndex.Param, row => Parameter(reader, MetadataTokens.ParameterHandle(row)));
        Describe(TableIndex.MemberRef, row => Member(reader, MetadataTokens.MemberReferenceHandle(row)));
        Describe(TableIndex.Constant, row => Constant(reader, MetadataTokens.ConstantHandle(row)));
        Describe(TableIndex.CustomAttribute, row => Attribute(reader, MetadataTokens.CustomAttributeHandle(row)));
        Describe(TableIndex.StandAloneSig, row => Blob(reader, reader.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(row)).Signature));
        Describe(TableIndex.Property, row => Property(reader, MetadataTokens.PropertyDefinitionHandle(row)));
        Describe(TableIndex.Event, row => Event(reader, MetadataTokens.EventDefinitionHandle(row)));
        Describe(TableIndex.MethodImpl, row => Implementation(reader, MetadataTokens.MethodImplementationHandle(row)));
        Describe(TableIndex.TypeSpec, row => Blob(reader, reader.GetTypeSpecification(MetadataTokens.TypeSpecificationHandle(row)).Signature));
        Describe(TableIndex.AssemblyRef, row => Assembly(reader, MetadataTokens.AssemblyReferenceHandle(row)));
        Describe(TableIndex.ManifestResource, row => Resource(reader, MetadataTokens.ManifestResourceHandle(row)));
        Describe(TableIndex.GenericParam, row => GenericParameter(reader, MetadataTokens.GenericParameterHandle(row)));
        Describe(TableIndex.MethodSpec, row => Specification(reader, MetadataTokens.MethodSpecificationHandle(row)));
        return lines;

        void Describe(TableIndex table, Func<int, string> describe)
        {
            for (int row = 1; row <= rowCount(table); row++)
            {
                lines.Add($"{table} {row}: {describe(row)}");
            }
        }
    }

    private static string TypeReference(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference row = reader.GetTypeReference(handle);
        return $"{reader.GetString(row.Namespace)}.{reader.GetString(row.Name)} {Token(row.ResolutionScope)}";
    }

    private static string TypeDefinition(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition row = reader.GetTypeDefinition(handle);
        TypeLayout layout = row.GetLayout();
        return $"{row.Attributes} {reader.GetString(row.Namespace)}.{reader.GetString(row.Name)} {Token(row.BaseType)} {row.GetFields().Count} "
            + $"{row.GetMethods().Count} {layout.PackingSize} {layout.Size} {Token(row.GetDeclaringType())} "
            + $"{string.Join(',', row.GetInterfaceImplementations().Select(h => Token(reader.GetInterfaceImplementation(h).Interface)))}";
    }

    private static string Field(MetadataReader reader, FieldDefinitionHandle handle)
    {
        FieldDefinition row = reader.GetFieldDefinition(handle);
        return $"{row.Attributes} {reader.GetString(row.Name)} {Blob(reader, row.Signature)} {row.GetRelativeVirtualAddress():x} {row.GetOffset()} "
            + $"{Blob(reader, row.GetMarshallingDescriptor())} {Token(row.GetDeclaringType())}";
    }

    private static string Method(MetadataReader reader, MethodDefinitionHandle handle)
    {
        MethodDefinition row = reader.GetMethodDefinition(handle);
        MethodImport import = row.GetImport();
        return $"{row.RelativeVirtualAddress:x} {row.ImplAttributes} {row.Attributes} {reader.GetString(row.Name)} {Blob(reader, row.Signature)} "
            + $"{row.GetParameters().Count} {Token(row.GetDeclaringType())} {reader.GetString(import.Name)} {Token(import.Module)} "
            + $"{row.GetDeclarativeSecurityAttributes().Count}";
    }

    private static string Parameter(MetadataReader reader, ParameterHandle handle)
    {
        Parameter row = reader.GetParameter(handle);
        return $"{row.Attributes} {row.SequenceNumber} {reader.GetString(row.Name)} {Blob(reader, row.GetMarshallingDescriptor())}";
    }

    private static string Member(MetadataReader reader, MemberReferenceHandle handle)
    {
        MemberReference row = reader.GetMemberReference(handle);
        return $"{Token(row.Parent)} {reader.GetString(row.Name)} {Blob(reader, row.Signature)}";
    }

    private static string Constant(MetadataReader reader, ConstantHandle handle)
    {
        Constant row = reader.GetConstant(handle);
        return $"{row.TypeCode} {Token(row.Parent)} {Blob(reader, row.Value)}";
    }

    private static string Attribute(MetadataReader reader, CustomAttributeHandle handle)
    {
        CustomAttribute row = reader.GetCustomAttribute(handle);
        return $"{Token(row.Parent)} {Token(row.Constructor)} {Blob(reader, row.Value)}";
    }

    private static string Property(MetadataReader reader, PropertyDefinitionHandle handle)
    {
        PropertyDefinition row = reader.GetPropertyDefinition(handle);
        PropertyAccessors accessors = row.GetAccessors();
        return $"{row.Attributes} {reader.GetString(row.Name)} {Blob(reader, row.Signature)} {Token(accessors.Getter)} {Token(accessors.Setter)}";
    }

    private static string Event(MetadataReader reader, EventDefinitionHandle handle)
    {
        EventDefinition row = reader.GetEventDefinition(handle);
        EventAccessors accessors = row.GetAccessors();
        return $"{row.Attributes} {reader.GetString(row.Name)} {Token(row.Type)} {Token(accessors.Adder)} {Token(accessors.Remover)}";
    }

    private static string Implementation(MetadataReader reader, MethodImplementationHandle handle)
    {
        MethodImplementation row = reader.GetMethodImplementation(handle);
        return $"{Token(row.Type)} {Token(row.MethodBody)} {Token(row.MethodDeclaration)}";
    }

    private static string Assembly(MetadataReader reader, AssemblyReferenceHandle handle)
    {
        AssemblyReference row = reader.GetAssemblyReference(handle);
        return $"{reader.GetString(row.Name)} {row.Version} {Blob(reader, row.PublicKeyOrToken)} {row.Flags}";
    }

    private static string Resource(MetadataReader reader, ManifestResourceHandle handle)
    {
        ManifestResource row = reader.GetManifestResource(handle);
        return $"{reader.GetString(row.Name)} {row.Offset} {row.Attributes} {Token(row.Implementation)}";
    }

    private static string GenericParameter(MetadataReader reader, GenericParameterHandle handle)
    {
        GenericParameter row = reader.GetGenericParameter(handle);
        return $"{row.Index} {row.Attributes} {Token(row.Parent)} {reader.GetString(row.Name)} "
            + $"{string.Join(',', row.GetConstraints().Select(h => Token(reader.GetGenericParameterConstraint(h).Type)))}";
    }

    private static string Specification(MetadataReader reader, MethodSpecificationHandle handle)
    {
        MethodSpecification row = reader.GetMethodSpecification(handle);
        return $"{Token(row.Method)} {Blob(reader, row.Signature)}";
    }

    private static string Token(EntityHandle handle) => handle.IsNil ? "-" : $"{MetadataTokens.GetToken(handle):x8}";

    private static string Blob(MetadataReader reader, BlobHandle handle) => handle.IsNil ? "-" : Convert.ToHexString(reader.GetBlobBytes(handle));
}
