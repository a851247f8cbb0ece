using System.Reflection;

namespace Edgewise.Hosting.Targets;


/// <summary>How a method is named on a command line: <c>Namespace.Type.Method</c>, and where that is not enough, <c>Namespace.Type.Method(string, int)</c>.</summary>
internal sealed class MethodSpelling
{
    private const StringComparison Exact = StringComparison.Ordinal;

    private MethodSpelling(string typeName, string methodName, string? parameters)
    {
        TypeName = typeName;
        MethodName = methodName;
        Parameters = parameters;
    }

    /// <summary>Full name of the type, with a dot before a nested type.</summary>
    public string TypeName { get; }

    /// <summary>Name of the method.</summary>
    public string MethodName { get; }

    /// <summary>Types of the parameters without white space, as written; null where none are given.</summary>
    public string? Parameters { get; }

    /// <summary>Reads a name.</summary>
    /// <returns>Null if it is no <c>Type.Method</c>.</returns>
    public static MethodSpelling? Parse(string text)
    {
        string? parameters = null;
        int bracket = text.IndexOf('(', Exact);
        if (bracket >= 0)
        {
            if (!text.EndsWith(')'))
            {
                return null;
            }

            parameters = WithoutSpace(text[(bracket + 1)..^1]);
            text = text[..bracket];
        }

        int dot = text.LastIndexOfAny(['.', '+']);
        return dot <= 0 || dot == text.Length - 1 ? null : new MethodSpelling(Dotted(text[..dot]), text[(dot + 1)..].Trim(), parameters);
    }

    /// <summary><c>Namespace.Type.Method</c>.</summary>
    public static string Short(MethodInfo method) => $"{NameOf(method.DeclaringType!)}.{method.Name}";

    /// <summary><c>Namespace.Type.Method(string, int)</c>.</summary>
    public static string Long(MethodInfo method) => $"{Short(method)}({string.Join(", ", ParameterTypes(method).Select(TypeSpelling.Short))})";

    /// <summary>True for a type of this name.</summary>
    public bool Matches(Type type) => NameOf(type) == TypeName;

    /// <summary>True for a method of the type with this name, and with these parameters where they are given.</summary>
    public bool Matches(MethodInfo method) => method.Name == MethodName
        && (Parameters is null || Parameters == List(method, TypeSpelling.Short) || Parameters == List(method, TypeSpelling.Full));

    private static string NameOf(Type type) => Dotted(type.FullName ?? type.Name);

    private static string Dotted(string name) => name.Trim().Replace('+', '.');

    private static IEnumerable<Type> ParameterTypes(MethodInfo method) => method.GetParameters().Select(parameter => parameter.ParameterType);

    private static string List(MethodInfo method, Func<Type, string> spelling) => WithoutSpace(string.Join(",", ParameterTypes(method).Select(spelling)));

    private static string WithoutSpace(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
