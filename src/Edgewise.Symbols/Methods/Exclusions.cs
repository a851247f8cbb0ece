using System.Reflection.Metadata;

namespace Edgewise.Symbols.Methods;

/// <summary>Which methods <c>[ExcludeFromCodeCoverage]</c> takes out: on the method, its property or event, its type or one around it, or the assembly.</summary>
internal sealed class Exclusions
{
    private const int MaximumDepth = 32;

    private readonly MetadataReader _metadata;
    private readonly UserMethods _userMethods;
    private readonly HashSet<EntityHandle> _marked;

    /// <summary>Prepares the look-up.</summary>
    public Exclusions(MetadataReader metadata, KnownAttributes attributes, UserMethods userMethods)
    {
        _metadata = metadata;
        _userMethods = userMethods;
        _marked = [.. attributes.Excluded];
        foreach (EntityHandle handle in attributes.Excluded)
        {
            if (handle.Kind == HandleKind.PropertyDefinition)
            {
                PropertyAccessors accessors = metadata.GetPropertyDefinition((PropertyDefinitionHandle)handle).GetAccessors();
                _marked.UnionWith([accessors.Getter, accessors.Setter, .. accessors.Others.Select(static other => (EntityHandle)other)]);
            }
            else if (handle.Kind == HandleKind.EventDefinition)
            {
                EventAccessors accessors = metadata.GetEventDefinition((EventDefinitionHandle)handle).GetAccessors();
                _marked.UnionWith([accessors.Adder, accessors.Remover, accessors.Raiser, .. accessors.Others.Select(static other => (EntityHandle)other)]);
            }
        }
    }

    /// <summary>True if the method is out: a generated one also if the method that it comes from is.</summary>
    public bool Contains(MethodDefinitionHandle method)
    {
        if (_marked.Count == 0)
        {
            return false;
        }

        if (_marked.Contains(EntityHandle.AssemblyDefinition) || _marked.Contains(EntityHandle.ModuleDefinition))
        {
            return true;
        }

        for (int depth = 0; depth < MaximumDepth; depth++)
        {
            if (_marked.Contains(method) || IsTypeMarked(_metadata.GetMethodDefinition(method).GetDeclaringType()))
            {
                return true;
            }

            MethodDefinitionHandle origin = _userMethods.OriginOf(method);
            if (origin == method)
            {
                break;
            }

            method = origin;
        }

        return false;
    }

    private bool IsTypeMarked(TypeDefinitionHandle type)
    {
        for (int depth = 0; depth < MaximumDepth && !type.IsNil; depth++)
        {
            if (_marked.Contains(type))
            {
                return true;
            }

            type = _metadata.GetTypeDefinition(type).GetDeclaringType();
        }

        return false;
    }
}
