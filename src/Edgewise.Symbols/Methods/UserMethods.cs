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
/// <param name="image">The module.</param>
/// <param name="metadata">Its metadata.</param>
/// <param name="stateMachines">Its state machines.</param>
internal sealed class UserMethods(PEReader image, MetadataReader metadata, StateMachines stateMachines)
{
    /// <summary>Generated code nests a few levels deep; damaged metadata may turn in circles.</summary>
    internal const int MaximumDepth = 32;

    private readonly Dictionary<MethodDefinitionHandle, MethodDefinitionHandle> _origins = [];
    private readonly Dictionary<TypeDefinitionHandle, Referrers> _referrers = [];
    private readonly MethodReferences _references = new(image, metadata);

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

        return IsWithinGeneratedType(DeclaringType(method)) ? default : method;
    }

    /// <summary>One step towards the method that the user wrote: from <c>MoveNext</c> to an async lambda, say. The method itself at the end.</summary>
    public MethodDefinitionHandle OriginOf(MethodDefinitionHandle method)
    {
        if (!_origins.TryGetValue(method, out MethodDefinitionHandle origin))
        {
            origin = FindOrigin(method) is { IsNil: false } found ? found : method;
            _origins.Add(method, origin);
        }

        return origin;
    }

    private MethodDefinitionHandle FindOrigin(MethodDefinitionHandle method)
    {
        TypeDefinitionHandle type = DeclaringType(method);
        if (stateMachines.StartOf(type) is { IsNil: false } start)
        {
            return start;
        }

        string name = NameOf(method);
        TypeDefinitionHandle userType = UserTypeOf(type);
        if (!GeneratedName.TryParse(name, out GeneratedName generated))
        {
            return userType == type ? method
                : IsExtensionBlock(type) ? MethodsNamed(userType, name).FirstOrDefault()
                : ReferrerOf(method, userType);
        }

        if (generated is { UserName: "Main", Kind: '\0' })
        {
            // The entry point that waits for an async Main, or for top-level statements that await.
            return MethodsNamed(userType, "Main").Concat(MethodsNamed(userType, "<Main>$")).FirstOrDefault();
        }

        if (generated.IsNestedBody)
        {
            List<MethodDefinitionHandle> candidates = MethodsNamed(userType, generated.UserName);
            return candidates.Count == 1 ? candidates[0]
                : ReferrerOf(method, userType) is { IsNil: false } referrer ? referrer
                : candidates.FirstOrDefault();
        }

        return generated.UserName.Length == 0 ? ReferrerOf(method, userType) : method;
    }

    private MethodDefinitionHandle ReferrerOf(MethodDefinitionHandle method, TypeDefinitionHandle userType)
    {
        if (!_referrers.TryGetValue(userType, out Referrers? referrers))
        {
            _referrers.Add(userType, referrers = new Referrers(metadata, _references, userType));
        }

        return referrers.Search(method, referrer =>
            !stateMachines.StartOf(DeclaringType(referrer)).IsNil
            || (DeclaringType(referrer) == userType && !(GeneratedName.TryParse(NameOf(referrer), out GeneratedName name) && name.IsNestedBody)));
    }

    private TypeDefinitionHandle UserTypeOf(TypeDefinitionHandle type)
    {
        for (int depth = 0; depth < MaximumDepth && IsGenerated(type); depth++)
        {
            TypeDefinitionHandle outer = metadata.GetTypeDefinition(type).GetDeclaringType();
            if (outer.IsNil)
            {
                break;
            }

            type = outer;
        }

        return type;
    }

    private bool IsWithinGeneratedType(TypeDefinitionHandle type)
    {
        for (int depth = 0; depth < MaximumDepth && !type.IsNil; depth++)
        {
            if (IsGenerated(type))
            {
                return true;
            }

            type = metadata.GetTypeDefinition(type).GetDeclaringType();
        }

        return false;
    }

    private bool IsGenerated(TypeDefinitionHandle type) =>
        GeneratedName.IsGeneratedType(metadata.GetString(metadata.GetTypeDefinition(type).Name));

    // A member of an extension block stands a second time, as a signature that only throws, in a nested type "<G>$…".
    private bool IsExtensionBlock(TypeDefinitionHandle type) =>
        metadata.GetString(metadata.GetTypeDefinition(type).Name).StartsWith("<G>$", StringComparison.Ordinal);

    private List<MethodDefinitionHandle> MethodsNamed(TypeDefinitionHandle type, string name) =>
        [.. metadata.GetTypeDefinition(type).GetMethods().Where(method => metadata.StringComparer.Equals(metadata.GetMethodDefinition(method).Name, name))];

    private TypeDefinitionHandle DeclaringType(MethodDefinitionHandle method) => metadata.GetMethodDefinition(method).GetDeclaringType();

    private string NameOf(MethodDefinitionHandle method) => metadata.GetString(metadata.GetMethodDefinition(method).Name);
}
