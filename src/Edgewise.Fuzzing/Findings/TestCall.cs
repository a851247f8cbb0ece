using System.Reflection;
using Edgewise.Annotations;
using Edgewise.Hosting.Targets;

namespace Edgewise.Fuzzing.Findings;

/// <summary>How a test calls a target with a <c>byte[] input</c>, in C#.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Statement">The call, with its semicolon.</param>
/// <param name="IsAsync">True where it is awaited.</param>
/// <param name="Expected">Exception types that are answers, in C#.</param>
public sealed record TestCall(string Target, string Statement, bool IsAsync, IReadOnlyList<string> Expected)
{
    /// <summary>The call of a target: a plain one where a test can reach it, else one through what binds targets.</summary>
    internal static TestCall Of(FuzzTarget target)
    {
        string? call = target.Method is { IsPublic: true, DeclaringType: { IsVisible: true, IsGenericType: false } type }
            ? Direct(target.Method, $"{NameOf(type)}.{target.Method.Name}")
            : null;
        Type result = target.Method.ReturnType;
        bool isAsync = call is not null && (typeof(Task).IsAssignableFrom(result) || result == typeof(ValueTask) || (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(ValueTask<>)));
        string statement = call switch
        {
            null => $"Edgewise.Hosting.Targets.FuzzTargetAssembly.Find(System.Reflection.Assembly.Load(\"{target.Method.Module.Assembly.GetName().Name}\"), \"{target.Signature}\").Run(input);",
            _ when isAsync => $"await {call};",
            _ when result == typeof(void) => $"{call};",
            _ => $"_ = {call};",
        };
        return new TestCall(target.Name, statement, isAsync, [.. target.Expected.Types.Where(expected => expected.IsVisible).Select(NameOf)]);
    }

    private static string? Direct(MethodInfo method, string name)
    {
        if (method.GetParameters() is not [{ ParameterType: var parameter }])
        {
            return null;
        }

        string? argument =
            parameter == typeof(ReadOnlySpan<byte>) || parameter == typeof(byte[]) ? "input"
            : parameter == typeof(string) ? "System.Text.Encoding.UTF8.GetString(input)"
            : parameter == typeof(Stream) ? "new System.IO.MemoryStream(input)"
            : parameter == typeof(FuzzedDataProvider) ? "new Edgewise.Annotations.FuzzedDataProvider(input)"
            : null;
        return argument is null ? null : $"{name}({argument})";
    }

    private static string NameOf(Type type) => $"global::{type.FullName!.Replace('+', '.')}";
}
