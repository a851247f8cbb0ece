using System.Reflection.Metadata;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>The types of an assembly by name, and those that it forwards to others.</summary>
internal sealed class AssemblyTypes
{
    private readonly Dictionary<(string Space, string Name), TypeDefinitionHandle> _definitions = [];
    private readonly Dictionary<(string Space, string Name), string> _forwards = [];

    /// <summary>Reads the names.</summary>
    /// <exception cref="BadImageFormatException">The metadata is damaged.</exception>
    public AssemblyTypes(MetadataReader reader)
    {
        Reader = reader;
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            TypeDefinition definition = reader.GetTypeDefinition(handle);
            if (!definition.IsNested)
            {
                _definitions.TryAdd((reader.GetString(definition.Namespace), reader.GetString(definition.Name)), handle);
            }
        }

        foreach (ExportedTypeHandle handle in reader.ExportedTypes)
        {
            ExportedType exported = reader.GetExportedType(handle);
            if (exported.Implementation is { IsNil: false, Kind: HandleKind.AssemblyReference } target)
            {
                string assembly = reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)target).Name);
                _forwards.TryAdd((reader.GetString(exported.Namespace), reader.GetString(exported.Name)), assembly);
            }
        }
    }

    /// <summary>Its metadata.</summary>
    public MetadataReader Reader { get; }

    /// <summary>A type that is not nested, or nil.</summary>
    public TypeDefinitionHandle Find(string space, string name) => _definitions.GetValueOrDefault((space, name));

    /// <summary>Simple name of the assembly that a type is forwarded to, or null.</summary>
    public string? FindForward(string space, string name) => _forwards.GetValueOrDefault((space, name));

    /// <summary>A type nested in another, or nil.</summary>
    /// <exception cref="BadImageFormatException">The metadata is damaged.</exception>
    public TypeDefinitionHandle FindNested(TypeDefinitionHandle outer, string name)
    {
        foreach (TypeDefinitionHandle handle in Reader.GetTypeDefinition(outer).GetNestedTypes())
        {
            if (Reader.StringComparer.Equals(Reader.GetTypeDefinition(handle).Name, name))
            {
                return handle;
            }
        }

        return default;
    }
}
