using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Edgewise.Symbols.Methods;

/// <summary>
/// Leads from the methods that a compiler made (state machines, lambdas, local functions, closures, in each other to any depth) to the
/// method that the user wrote.
/// </summary>
/// <remarks>
/// A state machine leads to the method that starts it, by its attribute or the PDB. The body of a lambda or local function leads to the method of the
/// name in its brackets, in the nearest type that a user wrote; where that is overloaded, to the one from whose code it is referred to.
/// </remarks>
internal sealed class UserMethods
{
    /// <summary>Generated code nests a few levels deep; damaged metadata may turn in circles.</summary>
    private const int MaximumDepth = 32;

    private readonly MetadataReader _metadata;
    private readonly Dictionary<TypeDefinitionHandle, MethodDefinitionHandle> _startOfStateMachine = [];
    private readonly Dictionary<MethodDefinitionHandle, MethodDefinitionHandle> _origins = [];
    private readonly Dictionary<TypeDefinitionHandle, Dictionary<MethodDefinitionHandle, List<MethodDefinitionHandle>>> _referrers = [];
    private readonly MethodReferences _references;

    /// <summary>Prepares the look-up for a module.</summary>
    /// <param name="image">The module.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="attributes">Its attributes.</param>
    public UserMethods(PEReader image, MetadataReader metadata, KnownAttributes attributes)
    {
        _metadata = metadata;
        _references = new MethodReferences(image, metadata);
        foreach ((MethodDefinitionHandle method, string typeName) in attributes.StateMachines)
        {
            AddStateMachine(method, typeName);
        }
    }

    /// <summary>Adds the state machines that a PDB tells of; most have an attribute too.</summary>
    /// <exception cref="BadImageFormatException">The PDB is damaged; what it told before that stays.</exception>
    public void AddStateMachines(MetadataReader pdb)
    {
        foreach (MethodDebugInformationHandle handle in pdb.MethodDebugInformation)
        {
            MethodDefinitionHandle start = pdb.GetMethodDebugInformation(handle).GetStateMachineKickoffMethod();
            if (!start.IsNil)
            {
                MethodDefinitionHandle moveNext = handle.ToDefinitionHandle();
                _startOfStateMachine.TryAdd(_metadata.GetMethodDefinition(moveNext).GetDeclaringType(), start);
            }
        }
    }

    /// <summary>
    /// The method that the user wrote; the method itself where that is it. Nil where no user wrote one: members of anonymous types and of
    /// collection expressions, and the constructors of the class that all captureless lambdas of a type share.
    /// </summary>
    public MethodDefinitionHandle UserMethodOf(MethodDefinitionHandle method)
    {
        for (int depth = 0; depth < MaximumDepth; depth++)
        {
            MethodDefinitionHandle origin = OriginOf(method);
            if (origin == method)
            {
                break;
            }

            method = origin;
        }

        return IsWithinGeneratedType(_metadata.GetMethodDefinition(method).GetDeclaringType()) ? default : method;
    }

    /// <summary>One step towards the method that the user wrote: from <c>MoveNext</c> to an async lambda, say. The method itself at the end.</summary>
    public MethodDefinitionHandle OriginOf(MethodDefinitionHandle method)
    {
        if (!_origins.TryGetValue(method, out MethodDefinitionHandle origin))
        {
            _origins.Add(method, origin = FindOrigin(method));
        }

        return origin;
    }

    private void AddStateMachine(MethodDefinitionHandle method, string typeName)
    {
        TypeDefinition declaring = _metadata.GetTypeDefinition(_metadata.GetMethodDefinition(method).GetDeclaringType());
        foreach (TypeDefinitionHandle nested in declaring.GetNestedTypes())
        {
            if (_metadata.StringComparer.Equals(_metadata.GetTypeDefinition(nested).Name, typeName))
            {
                _startOfStateMachine.TryAdd(nested, method);
                return;
            }
        }
    }

    private MethodDefinitionHandle FindOrigin(MethodDefinitionHandle method)
    {
        MethodDefinition definition = _metadata.GetMethodDefinition(method);
        TypeDefinitionHandle type = definition.GetDeclaringType();
        if (_startOfStateMachine.TryGetValue(type, out MethodDefinitionHandle start))
        {
            return start;
        }

        string name = _metadata.GetString(definition.Name);
        TypeDefinitionHandle userType = UserTypeOf(type);
        if (!GeneratedName.TryParse(name, out GeneratedName generated))
        {
            return userType == type ? method
                : IsExtensionBlock(type) ? MethodsNamed(userType, name).FirstOrDefault(method)
                : ReferrerOf(method, userType) ?? method;
        }

        if (generated is { UserName: "Main", Kind: '\0' })
        {
            // The entry point that waits for an async Main, or for top-level statements that await.
            return TheOnly(MethodsNamed(userType, "Main")) ?? TheOnly(MethodsNamed(userType, "<Main>$")) ?? method;
        }

        if (generated.IsNestedBody)
        {
            List<MethodDefinitionHandle> candidates = MethodsNamed(userType, generated.UserName);
            return TheOnly(candidates) ?? ReferrerOf(method, userType) ?? (candidates.Count > 0 ? candidates[0] : method);
        }

        return generated.UserName.Length == 0 ? ReferrerOf(method, userType) ?? method : method;
    }

    private bool IsWithinGeneratedType(TypeDefinitionHandle type)
    {
        for (int depth = 0; depth < MaximumDepth && !type.IsNil; depth++)
        {
            TypeDefinition definition = _metadata.GetTypeDefinition(type);
            if (GeneratedName.IsGeneratedType(_metadata.GetString(definition.Name)))
            {
                return true;
            }

            type = definition.GetDeclaringType();
        }

        return false;
    }

    // A member of an extension block stands a second time, as a signature that only throws, in a nested type "<G>$…".
    private bool IsExtensionBlock(TypeDefinitionHandle type) =>
        _metadata.GetString(_metadata.GetTypeDefinition(type).Name).StartsWith("<G>$", StringComparison.Ordinal);

    private TypeDefinitionHandle UserTypeOf(TypeDefinitionHandle type)
    {
        for (int depth = 0; depth < MaximumDepth; depth++)
        {
            TypeDefinition definition = _metadata.GetTypeDefinition(type);
            TypeDefinitionHandle outer = definition.GetDeclaringType();
            if (outer.IsNil || !GeneratedName.IsGeneratedType(_metadata.GetString(definition.Name)))
            {
                break;
            }

            type = outer;
        }

        return type;
    }

    private List<MethodDefinitionHandle> MethodsNamed(TypeDefinitionHandle type, string name)
    {
        List<MethodDefinitionHandle> methods = [];
        foreach (MethodDefinitionHandle method in _metadata.GetTypeDefinition(type).GetMethods())
        {
            if (_metadata.StringComparer.Equals(_metadata.GetMethodDefinition(method).Name, name))
            {
                methods.Add(method);
            }
        }

        return methods;
    }

    private static MethodDefinitionHandle? TheOnly(List<MethodDefinitionHandle> methods) => methods.Count == 1 ? methods[0] : null;

    // Walks up the references from generated body to generated body (local functions may call each other) until a body with a name of its own.
    private MethodDefinitionHandle? ReferrerOf(MethodDefinitionHandle method, TypeDefinitionHandle userType)
    {
        if (!_referrers.TryGetValue(userType, out Dictionary<MethodDefinitionHandle, List<MethodDefinitionHandle>>? referrers))
        {
            _referrers.Add(userType, referrers = []);
            CollectReferrers(userType, referrers, 0);
        }

        HashSet<MethodDefinitionHandle> seen = [method];
        Queue<MethodDefinitionHandle> open = new([method]);
        while (open.TryDequeue(out MethodDefinitionHandle current))
        {
            foreach (MethodDefinitionHandle referrer in referrers.GetValueOrDefault(current) ?? [])
            {
                if (!seen.Add(referrer))
                {
                    continue;
                }

                MethodDefinition definition = _metadata.GetMethodDefinition(referrer);
                if (_startOfStateMachine.ContainsKey(definition.GetDeclaringType())
                    || (definition.GetDeclaringType() == userType && !IsNestedBody(_metadata.GetString(definition.Name))))
                {
                    return referrer;
                }

                open.Enqueue(referrer);
            }
        }

        return null;
    }

    private static bool IsNestedBody(string name) => GeneratedName.TryParse(name, out GeneratedName generated) && generated.IsNestedBody;

    private void CollectReferrers(
        TypeDefinitionHandle type, Dictionary<MethodDefinitionHandle, List<MethodDefinitionHandle>> referrers, int depth)
    {
        TypeDefinition definition = _metadata.GetTypeDefinition(type);
        foreach (MethodDefinitionHandle method in definition.GetMethods())
        {
            foreach (MethodDefinitionHandle target in _references.Of(method))
            {
                if (!referrers.TryGetValue(target, out List<MethodDefinitionHandle>? list))
                {
                    referrers.Add(target, list = []);
                }

                list.Add(method);
            }
        }

        foreach (TypeDefinitionHandle nested in depth < MaximumDepth ? definition.GetNestedTypes() : [])
        {
            if (GeneratedName.IsGeneratedType(_metadata.GetString(_metadata.GetTypeDefinition(nested).Name)))
            {
                CollectReferrers(nested, referrers, depth + 1);
            }
        }
    }
}
