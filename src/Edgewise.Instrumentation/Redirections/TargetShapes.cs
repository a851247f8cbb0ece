using System.Reflection;

namespace Edgewise.Instrumentation.Redirections;

/// <summary>Which parameters and result the target of a redirection must have, as text.</summary>
internal static class TargetShapes
{
    /// <summary>What stands in for a member.</summary>
    public static string Expected(MethodBase member)
    {
        MethodBase method = MemberNames.Open(member);
        Type type = method.DeclaringType!;
        int arity = type.IsGenericType ? type.GetGenericArguments().Length : 0;
        int ownArity = method.IsGenericMethod ? method.GetGenericArguments().Length : 0;
        string Name(Type part) => Shift(MemberNames.OfType(part), arity);
        string self = Name(type);
        List<string> parameters = [.. method.GetParameters().Select(parameter => Name(parameter.ParameterType))];
        if (!method.IsStatic && !method.IsConstructor)
        {
            parameters.Insert(0, type.IsValueType ? self + "&" : self);
        }

        return Text(arity + ownArity, method is MethodInfo { ReturnType: var result } ? Name(result) : self, parameters);
    }

    /// <summary>What a static method takes and returns.</summary>
    public static string Actual(MethodInfo target) => Text(
        target.IsGenericMethod ? target.GetGenericArguments().Length : 0,
        MemberNames.OfType(target.ReturnType),
        target.GetParameters().Select(parameter => MemberNames.OfType(parameter.ParameterType)));

    private static string Text(int arity, string result, IEnumerable<string> parameters) =>
        $"{(arity == 0 ? string.Empty : $"`{arity} ")}{result} ({string.Join(", ", parameters)})";

    // Type parameters of the type come first, those of the method behind them.
    private static string Shift(string type, int arity) => System.Text.RegularExpressions.Regex.Replace(
        type, "(!!?)([0-9]+)",
        match => $"!!{int.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) + (match.Groups[1].Length == 2 ? arity : 0)}");
}
