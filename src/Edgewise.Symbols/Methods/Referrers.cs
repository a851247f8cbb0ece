using System.Reflection.Metadata;

namespace Edgewise.Symbols.Methods;

/// <summary>For the methods of a user's type and of the types generated in it: from whose code each is referred to.</summary>
internal sealed class Referrers
{
    private readonly MetadataReader _metadata;
    private readonly MethodReferences _references;
    private readonly Dictionary<MethodDefinitionHandle, List<MethodDefinitionHandle>> _referrers = [];

    /// <summary>Scans the code of a type.</summary>
    /// <param name="metadata">The module's metadata.</param>
    /// <param name="references">Reads the bodies.</param>
    /// <param name="type">A type that a user wrote.</param>
    public Referrers(MetadataReader metadata, MethodReferences references, TypeDefinitionHandle type)
    {
        _metadata = metadata;
        _references = references;
        Collect(type, 0);
    }

    /// <summary>
    /// Walks from a method to those that refer to it, and on from these (local functions may call each other), nearest first, up to the first
    /// that <paramref name="isEnd"/> accepts; nil where there is none.
    /// </summary>
    public MethodDefinitionHandle Search(MethodDefinitionHandle method, Func<MethodDefinitionHandle, bool> isEnd)
    {
        HashSet<MethodDefinitionHandle> seen = [method];
        Queue<MethodDefinitionHandle> open = new([method]);
        while (open.TryDequeue(out MethodDefinitionHandle current))
        {
            foreach (MethodDefinitionHandle referrer in _referrers.GetValueOrDefault(current) ?? [])
            {
                if (!seen.Add(referrer))
                {
                    continue;
                }

                if (isEnd(referrer))
                {
                    return referrer;
                }

                open.Enqueue(referrer);
            }
        }

        return default;
    }

    private void Collect(TypeDefinitionHandle type, int depth)
    {
        TypeDefinition definition = _metadata.GetTypeDefinition(type);
        foreach (MethodDefinitionHandle method in definition.GetMethods())
        {
            foreach (MethodDefinitionHandle target in _references.Of(method))
            {
                if (!_referrers.TryGetValue(target, out List<MethodDefinitionHandle>? list))
                {
                    _referrers.Add(target, list = []);
                }

                list.Add(method);
            }
        }

        foreach (TypeDefinitionHandle nested in depth < UserMethods.MaximumDepth ? definition.GetNestedTypes() : [])
        {
            if (GeneratedName.IsGeneratedType(_metadata.GetString(_metadata.GetTypeDefinition(nested).Name)))
            {
                Collect(nested, depth + 1);
            }
        }
    }
}
