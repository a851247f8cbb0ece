using System.Reflection.Metadata;

namespace Edgewise.Symbols.Methods;

/// <summary>Which types are the state machines of async and iterator methods, and which method starts each.</summary>
internal sealed class StateMachines
{
    private readonly MetadataReader _metadata;
    private readonly Dictionary<TypeDefinitionHandle, MethodDefinitionHandle> _starts = [];

    /// <summary>Reads them from the attributes of the methods.</summary>
    public StateMachines(MetadataReader metadata, KnownAttributes attributes)
    {
        _metadata = metadata;
        foreach ((MethodDefinitionHandle method, string typeName) in attributes.StateMachines)
        {
            Add(method, typeName);
        }
    }

    /// <summary>Adds those that a PDB tells of; most have an attribute too.</summary>
    /// <exception cref="BadImageFormatException">The PDB is damaged; what it told before that stays.</exception>
    public void Add(MetadataReader pdb)
    {
        foreach (MethodDebugInformationHandle handle in pdb.MethodDebugInformation)
        {
            MethodDefinitionHandle start = pdb.GetMethodDebugInformation(handle).GetStateMachineKickoffMethod();
            if (!start.IsNil)
            {
                _starts.TryAdd(_metadata.GetMethodDefinition(handle.ToDefinitionHandle()).GetDeclaringType(), start);
            }
        }
    }

    /// <summary>The method that starts the state machine that a type is; nil where it is none.</summary>
    public MethodDefinitionHandle StartOf(TypeDefinitionHandle type) => _starts.GetValueOrDefault(type);

    private void Add(MethodDefinitionHandle method, string typeName)
    {
        TypeDefinition declaring = _metadata.GetTypeDefinition(_metadata.GetMethodDefinition(method).GetDeclaringType());
        foreach (TypeDefinitionHandle nested in declaring.GetNestedTypes())
        {
            if (_metadata.StringComparer.Equals(_metadata.GetTypeDefinition(nested).Name, typeName))
            {
                _starts.TryAdd(nested, method);
                return;
            }
        }
    }
}
