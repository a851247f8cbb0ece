using System.Reflection;
using System.Text;

namespace Edgewise.Instrumentation.Redirections;

/// <summary>
/// Names of members as redirections are matched by: <c>System.Threading.Tasks.Task::Delay(System.Int32)</c>. Constructors are named <c>.ctor</c>, nested types
/// stand behind a <c>+</c>, type parameters are <c>!0</c> (of the type) and <c>!!0</c> (of the method).
/// </summary>
/// <remarks>
/// Types of the framework are named without their assembly, which differs between what a library was compiled for and what it runs on; all others have it
/// in front: <c>[My.Library]My.Type</c>.
/// </remarks>
internal static class MemberNames
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>True for the assemblies of the framework, and the packages that bring its newer types to older ones.</summary>
    public static bool IsFramework(string assembly) =>
        assembly.StartsWith("System.", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.Bcl.", StringComparison.Ordinal)
        || assembly is "System" or "mscorlib" or "netstandard" or "Microsoft.Win32.Primitives";

    /// <summary>Name of a method or constructor.</summary>
    public static string Of(MethodBase member)
    {
        MethodBase open = Open(member);
        StringBuilder text = new(OfDefinition(open.DeclaringType!));
        text.Append("::").Append(open.Name).Append('(');
        foreach (ParameterInfo parameter in open.GetParameters())
        {
            text.Append(parameter.Position == 0 ? string.Empty : ", ").Append(OfType(parameter.ParameterType));
        }

        return text.Append(')').ToString();
    }

    /// <summary>What no two members share: the name, how many type parameters the method has, and what it returns.</summary>
    public static string KeyOf(MethodBase member) => Key(
        Of(member), member.IsGenericMethod ? member.GetGenericArguments().Length : 0,
        Open(member) is MethodInfo method ? OfType(method.ReturnType) : "System.Void");

    /// <summary>Puts a key together.</summary>
    public static string Key(string name, int arity, string result) => $"{name}`{arity} {result}";

    /// <summary>Name of a type as a member's name begins with it: without type arguments.</summary>
    public static string OfDefinition(Type type)
    {
        Type definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        string assembly = definition.Assembly.GetName().Name!;
        return (IsFramework(assembly) ? string.Empty : $"[{assembly}]") + definition.FullName;
    }

    /// <summary>Name of a type as it stands among parameters; a definition counts as the type of its own parameters.</summary>
    public static string OfType(Type type)
    {
        if (type.IsGenericParameter)
        {
            return $"{(type.DeclaringMethod is null ? "!" : "!!")}{type.GenericParameterPosition}";
        }

        if (type.HasElementType)
        {
            string element = OfType(type.GetElementType()!);
            return type.IsByRef ? element + "&"
                : type.IsPointer ? element + "*"
                : type.IsSZArray ? element + "[]"
                : $"{element}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        return type.IsGenericType ? $"{OfDefinition(type)}<{string.Join(", ", type.GetGenericArguments().Select(OfType))}>" : OfDefinition(type);
    }

    /// <summary>Of <c>List&lt;int&gt;.Add</c> the Add of <c>List&lt;T&gt;</c>, of <c>Run&lt;int&gt;</c> the <c>Run&lt;T&gt;</c>.</summary>
    public static MethodBase Open(MethodBase member)
    {
        MethodBase open = member is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : member;
        return open.DeclaringType is { IsConstructedGenericType: true } type
            ? type.GetGenericTypeDefinition().GetMembers(Declared).OfType<MethodBase>().Single(other => other.MetadataToken == open.MetadataToken)
            : open;
    }
}
