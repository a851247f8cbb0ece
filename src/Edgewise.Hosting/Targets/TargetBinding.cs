using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Edgewise.Annotations;
using Edgewise.Hosting.Targets.Arguments;

namespace Edgewise.Hosting.Targets;

/// <summary>Makes the delegate that passes an input to a method.</summary>
internal static class TargetBinding
{
    /// <summary>What a target may look like, for messages.</summary>
    public const string Accepted =
        "expected a static method, not generic, that takes the whole input as ReadOnlySpan<byte>, byte[], Stream or string, or takes a FuzzedDataProvider, or numbers, enums, strings, arrays, records and the like that are read from one";

    private static readonly MethodInfo ToArray = typeof(ReadOnlySpan<byte>).GetMethod(nameof(ReadOnlySpan<>.ToArray))!;
    private static readonly MethodInfo GetString = typeof(Encoding).GetMethod(nameof(Encoding.GetString), [typeof(ReadOnlySpan<byte>)])!;
    private static readonly MethodInfo Open = typeof(InputStream).GetMethod(nameof(InputStream.Open))!;
    private static readonly MethodInfo Reset = typeof(FuzzedDataProvider).GetMethod(nameof(FuzzedDataProvider.Reset))!;

    /// <summary>Binds a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="returned">Gets what the method returns, if that is an <see cref="int"/>.</param>
    /// <param name="problem">Why it cannot be a target; null if it can.</param>
    public static FuzzTargetRun? Bind(MethodInfo method, ReturnedValue returned, out string? problem)
    {
        ParameterInfo[] parameters = method.GetParameters();
        problem = Problem(method, parameters);
        if (problem is not null)
        {
            return null;
        }

        if (parameters is [{ ParameterType: var only }] && only == typeof(ReadOnlySpan<byte>) && method.ReturnType == typeof(void))
        {
            // The delegate is the method: nothing stands between the engine and the target.
            return method.CreateDelegate<FuzzTargetRun>();
        }

        if (parameters is [{ ParameterType: var array }] && array == typeof(byte[]) && method.ReturnType == typeof(void))
        {
            // What many targets look like: no expression is compiled for it, which would take longer than a small replay.
            Action<byte[]> call = method.CreateDelegate<Action<byte[]>>();
            return bytes => call(bytes.ToArray());
        }

        ParameterExpression input = Expression.Parameter(typeof(ReadOnlySpan<byte>), "input");
        Expression? body = parameters is [var single] ? Whole(method, single, input, returned) : null;
        body ??= FromValues(method, parameters, input, returned, out problem);
        return body is null ? null : Expression.Lambda<FuzzTargetRun>(body, input).Compile();
    }

    /// <summary>What finds the parts of an input that a method's parameters are read of; null for a method that takes inputs whole, or reads them itself.</summary>
    /// <param name="method">A method that can be bound.</param>
    public static InputParts? BindParts(MethodInfo method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        if (parameters is [{ ParameterType: var only }]
            && (only == typeof(ReadOnlySpan<byte>) || only == typeof(byte[]) || only == typeof(string) || only == typeof(Stream) || only == typeof(FuzzedDataProvider)))
        {
            return null;
        }

        List<ConsumedPart> parts = [];
        var data = new FuzzedDataProvider([]) { Parts = parts };
        if (ArgumentList.Of(parameters, Expression.Constant(data), out _) is not { } arguments)
        {
            return null;
        }

        ParameterExpression input = Expression.Parameter(typeof(ReadOnlySpan<byte>), "input");
        Expression reading = Expression.Block(typeof(void), arguments.Variables, [Expression.Call(Expression.Constant(data), Reset, input), arguments.Reading]);
        FuzzTargetRun read = Expression.Lambda<FuzzTargetRun>(reading, input).Compile();
        return bytes =>
        {
            parts.Clear();
            read(bytes);
            return parts;
        };
    }

    private static string? Problem(MethodInfo method, ParameterInfo[] parameters)
    {
        if (!method.IsStatic)
        {
            return "it is an instance method";
        }

        if (method.ContainsGenericParameters)
        {
            return "it is generic";
        }

        if (method.ReturnType.IsByRef)
        {
            return "it returns a reference";
        }

        return parameters.Length == 0 ? "it takes no input" : null;
    }

    // The call where the one parameter takes the input as a whole; null where values are read from it.
    private static Expression? Whole(MethodInfo method, ParameterInfo parameter, ParameterExpression input, ReturnedValue returned)
    {
        Type type = parameter.ParameterType;
        Expression? argument =
            type == typeof(ReadOnlySpan<byte>) ? input
            : type == typeof(byte[]) ? Expression.Call(input, ToArray)
            : type == typeof(string) ? Expression.Call(Expression.Constant(Encoding.UTF8), GetString, input)
            : type == typeof(Stream) ? Expression.Call(Expression.Constant(new InputStream()), Open, input)
            : null;
        return argument is null ? null : Completed(Expression.Call(method, argument), returned);
    }

    private static BlockExpression? FromValues(MethodInfo method, ParameterInfo[] parameters, ParameterExpression input, ReturnedValue returned, out string? problem)
    {
        ConstantExpression provider = Expression.Constant(new FuzzedDataProvider([]));
        ArgumentList? arguments = ArgumentList.Of(parameters, provider, out problem);
        if (arguments is null)
        {
            return null;
        }

        MethodCallExpression reset = Expression.Call(provider, Reset, input);
        Expression call = Completed(Expression.Call(method, arguments.Values), returned);
        return Expression.Block(typeof(void), arguments.Variables, [reset, Expression.IfThen(arguments.Reading, call)]);
    }

    private static Expression Completed(MethodCallExpression call, ReturnedValue returned)
    {
        Type type = call.Type;
        if (typeof(Task).IsAssignableFrom(type))
        {
            return Expression.Call(typeof(Completion), nameof(Completion.OfTask), null, call);
        }

        if (type == typeof(ValueTask))
        {
            return Expression.Call(typeof(Completion), nameof(Completion.OfValueTask), null, call);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            return Expression.Call(typeof(Completion), nameof(Completion.OfResult), type.GetGenericArguments(), call);
        }

        return type == typeof(int)
            ? Expression.Call(Expression.Constant(returned), nameof(ReturnedValue.Take), null, call)
            : Expression.Block(typeof(void), call);
    }
}
