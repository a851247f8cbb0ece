using System.Diagnostics.CodeAnalysis;
using System.Reflection.Metadata;

namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>Finds out what types of other assemblies are on the stack: enumerations, structures or classes. One instance may serve many modules, in turn.</summary>
/// <param name="open">Gives the metadata of the assembly with a simple name, or null where it is not at hand. Asked once a name.</param>
internal sealed class ReferencedTypes(Func<string, MetadataReader?> open)
{
    private const int DeepestNesting = 16;
    private const int MostForwards = 8;

    private readonly Dictionary<string, AssemblyTypes?> _assemblies = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a type that a module refers to is on the stack.</summary>
    /// <returns><see cref="StackType.Unresolved"/> where it cannot be found.</returns>
    public StackType Resolve(MetadataReader reader, TypeReferenceHandle handle)
    {
        try
        {
            return Find(reader, handle, DeepestNesting) is ({ } owner, var definition)
                ? TypeDefinitions.StackTypeOf(owner.Reader, definition) : StackType.Unresolved;
        }
        catch (BadImageFormatException)
        {
            return StackType.Unresolved;
        }
    }

    /// <summary>Finds the definition of a type that a module refers to.</summary>
    /// <returns>False where it is not at hand.</returns>
    public bool TryFind(MetadataReader reader, TypeReferenceHandle handle, [NotNullWhen(true)] out MetadataReader? owner, out TypeDefinitionHandle definition)
    {
        (AssemblyTypes? types, definition) = Find(reader, handle, DeepestNesting);
        owner = types?.Reader;
        return owner is not null;
    }

    private (AssemblyTypes? Owner, TypeDefinitionHandle Definition) Find(MetadataReader reader, TypeReferenceHandle handle, int depth)
    {
        TypeReference reference = reader.GetTypeReference(handle);
        string name = reader.GetString(reference.Name);
        EntityHandle scope = reference.ResolutionScope;
        if (scope.IsNil || depth == 0)
        {
            return default;
        }

        switch (scope.Kind)
        {
            case HandleKind.AssemblyReference:
                string assembly = reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
                return FindInAssembly(assembly, reader.GetString(reference.Namespace), name, MostForwards);
            case HandleKind.TypeReference:
                (AssemblyTypes? owner, TypeDefinitionHandle outer) = Find(reader, (TypeReferenceHandle)scope, depth - 1);
                return (owner, owner?.FindNested(outer, name) ?? default) is ({ } found, { IsNil: false } nested) ? (found, nested) : default;
            default:
                return default;
        }
    }

    private (AssemblyTypes? Owner, TypeDefinitionHandle Definition) FindInAssembly(string assembly, string space, string name, int forwards)
    {
        if (!_assemblies.TryGetValue(assembly, out AssemblyTypes? types))
        {
            types = open(assembly) is { } reader ? new AssemblyTypes(reader) : null;
            _assemblies.Add(assembly, types);
        }

        if (types is null)
        {
            return default;
        }

        TypeDefinitionHandle definition = types.Find(space, name);
        return !definition.IsNil ? (types, definition)
            : forwards > 0 && types.FindForward(space, name) is { } next ? FindInAssembly(next, space, name, forwards - 1)
            : default;
    }
}
