using System.Linq.Expressions;
using System.Reflection;
using Edgewise.Annotations;

namespace Edgewise.Hosting.Targets.Arguments;

/// <summary>The arguments of a call, read one after the other from an input.</summary>
internal sealed class ArgumentList
{
    private ArgumentList(IReadOnlyList<ParameterExpression> variables, IReadOnlyList<Expression> values, Expression reading)
    {
        Variables = variables;
        Values = values;
        Reading = reading;
    }

    /// <summary>Where the arguments stand once they are read.</summary>
    public IReadOnlyList<ParameterExpression> Variables { get; }

    /// <summary>The arguments of the call.</summary>
    public IReadOnlyList<Expression> Values { get; }

    /// <summary>
    /// Reads them. False if the constructor of a parameter's type refused what was read by throwing: then there is nothing to call, and the input shows nothing
    /// about the target.
    /// </summary>
    public Expression Reading { get; }

    /// <summary>Makes the list.</summary>
    /// <param name="parameters">The parameters of a method.</param>
    /// <param name="data">The <see cref="FuzzedDataProvider"/> with the input.</param>
    /// <param name="problem">Why there is none: the parameter and what is wrong with it; null if there is one.</param>
    public static ArgumentList? Of(ParameterInfo[] parameters, Expression data, out string? problem)
    {
        var readers = new ReaderFactory();
        List<ParameterExpression> variables = [];
        List<Expression> values = [];
        List<Expression> reading = [];
        foreach (ParameterInfo parameter in parameters)
        {
            Type type = Stored(parameter.ParameterType);
            try
            {
                bool isLast = parameter.Position == parameters.Length - 1;
                Delegate reader = (isLast ? LeafReaders.FindRest(type) : null) ?? readers.Of(type, new NullabilityInfoContext().Create(parameter));
                ParameterExpression variable = Expression.Variable(type, parameter.Name);
                variables.Add(variable);
                reading.Add(Expression.Assign(variable, Expression.Convert(Expression.Invoke(Expression.Constant(reader), data, Expression.Constant(0)), type)));
                values.Add(Passed(variable, parameter.ParameterType));
            }
            catch (UnreadableTypeException failure)
            {
                problem = $"its parameter '{parameter.Name}': {failure.Message}";
                return null;
            }
        }

        problem = null;
        reading.Add(Expression.Constant(true));
        Expression all = Expression.Block(reading);
        return new ArgumentList(variables, values, readers.CallsForeignCode ? Expression.TryCatch(all, Expression.Catch(typeof(Exception), Expression.Constant(false))) : all);
    }

    // A span is read as what it is a view of.
    private static Type Stored(Type type) =>
        type == typeof(ReadOnlySpan<byte>) || type == typeof(Span<byte>) ? typeof(byte[])
        : type == typeof(ReadOnlySpan<char>) ? typeof(string)
        : type;

    private static Expression Passed(ParameterExpression variable, Type type) =>
        variable.Type == type ? variable
        : type == typeof(ReadOnlySpan<char>) ? Expression.Call(typeof(MemoryExtensions).GetMethod(nameof(MemoryExtensions.AsSpan), [typeof(string)])!, variable)
        : Expression.Convert(variable, type);
}
