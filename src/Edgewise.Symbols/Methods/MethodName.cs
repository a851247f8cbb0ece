using System.Reflection.Metadata;

namespace Edgewise.Symbols.Methods;

/// <summary>Names as reflection writes them.</summary>
internal static class MethodName
{
    private const int MaximumDepth = 32;

    /// <summary><c>Namespace.Outer+Nested.Method</c>; generic types keep their arity, parameters are left out.</summary>
    public static string Of(MetadataReader metadata, MethodDefinitionHandle method)
    {
        MethodDefinition definition = metadata.GetMethodDefinition(method);
        return $"{TypeName(metadata, definition.GetDeclaringType(), 0)}.{metadata.GetString(definition.Name)}";
    }

    /// <summary>The name of the method's type.</summary>
    public static string TypeOf(MetadataReader metadata, MethodDefinitionHandle method) =>
        TypeName(metadata, metadata.GetMethodDefinition(method).GetDeclaringType(), 0);

    private static string TypeName(MetadataReader metadata, TypeDefinitionHandle handle, int depth)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        string name = metadata.GetString(type.Name);
        TypeDefinitionHandle outer = type.GetDeclaringType();
        return !outer.IsNil && depth < MaximumDepth ? $"{TypeName(metadata, outer, depth + 1)}+{name}"
            : type.Namespace.IsNil ? name
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
