using System.Reflection.Metadata;

namespace Edgewise.Symbols.Methods;

/// <summary>Finds, in one pass over a module's custom attributes, the few kinds that matter here.</summary>
internal sealed class KnownAttributes
{
    private const string Compiler = "System.Runtime.CompilerServices", Analysis = "System.Diagnostics.CodeAnalysis";

    private enum Kind
    {
        Other,
        StateMachine,
        Exclusion,
    }

    private readonly MetadataReader _metadata;
    private readonly Dictionary<EntityHandle, Kind> _kinds = [];

    /// <summary>Reads the module's attributes.</summary>
    public KnownAttributes(MetadataReader metadata)
    {
        _metadata = metadata;
        foreach (CustomAttributeHandle handle in metadata.CustomAttributes)
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (!_kinds.TryGetValue(attribute.Constructor, out Kind kind))
            {
                _kinds.Add(attribute.Constructor, kind = KindOf(attribute.Constructor));
            }

            if (kind == Kind.Exclusion)
            {
                Excluded.Add(attribute.Parent);
            }
            else if (kind == Kind.StateMachine && attribute.Parent.Kind == HandleKind.MethodDefinition && TypeNameOf(attribute) is { } name)
            {
                StateMachines.Add(((MethodDefinitionHandle)attribute.Parent, name));
            }
        }
    }

    /// <summary>What carries <c>[ExcludeFromCodeCoverage]</c>: methods, types, properties, events, the assembly, the module.</summary>
    public HashSet<EntityHandle> Excluded { get; } = [];

    /// <summary>Methods that the compiler turned into a state machine, with the simple name of the nested type that it is.</summary>
    public List<(MethodDefinitionHandle Method, string TypeName)> StateMachines { get; } = [];

    private Kind KindOf(EntityHandle constructor)
    {
        EntityHandle type = constructor.Kind switch
        {
            HandleKind.MemberReference => _metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent,
            HandleKind.MethodDefinition => _metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType(),
            _ => default,
        };
        (StringHandle space, StringHandle name) = type.Kind switch
        {
            HandleKind.TypeReference when _metadata.GetTypeReference((TypeReferenceHandle)type) is var reference => (reference.Namespace, reference.Name),
            HandleKind.TypeDefinition when _metadata.GetTypeDefinition((TypeDefinitionHandle)type) is var definition => (definition.Namespace, definition.Name),
            _ => default,
        };
        MetadataStringComparer compare = _metadata.StringComparer;
        return compare.Equals(space, Analysis) && compare.Equals(name, "ExcludeFromCodeCoverageAttribute") ? Kind.Exclusion
            : compare.Equals(space, Compiler) && (compare.Equals(name, "AsyncStateMachineAttribute")
                || compare.Equals(name, "IteratorStateMachineAttribute")
                || compare.Equals(name, "AsyncIteratorStateMachineAttribute")) ? Kind.StateMachine
            : Kind.Other;
    }

    // The only argument is a type, written as its name: Namespace.Outer+Inner, perhaps with ", Assembly" behind it.
    private string? TypeNameOf(CustomAttribute attribute)
    {
        BlobReader value = _metadata.GetBlobReader(attribute.Value);
        if (value.Length < 3 || value.ReadUInt16() != 1 || value.ReadSerializedString() is not { } name)
        {
            return null;
        }

        int comma = name.IndexOf(',', StringComparison.Ordinal);
        string full = comma < 0 ? name : name[..comma];
        return full[(full.LastIndexOf('+') + 1)..].Replace("\\", "", StringComparison.Ordinal);
    }
}
