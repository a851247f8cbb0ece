using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Edgewise.Annotations;

namespace Edgewise.Hosting.Targets.Arguments;

/// <summary>
/// How an object is built: by the public constructor with the most parameters, all of which can be read; where none has parameters, by setting each public
/// property and field that can be read and set.
/// </summary>
internal static class ObjectShape
{
    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Refuses a type of which no object is built.</summary>
    /// <exception cref="UnreadableTypeException">The message says why.</exception>
    public static void Check(Type type)
    {
        string name = TypeSpelling.Short(type);
        if (type.IsByRef || type.IsPointer || type.IsByRefLike || type.IsFunctionPointer)
        {
            throw new UnreadableTypeException($"no {name} can be read from an input");
        }

        if (type.IsInterface || type.IsAbstract || typeof(Delegate).IsAssignableFrom(type))
        {
            throw new UnreadableTypeException($"{name} is {(type.IsInterface ? "an interface" : type.IsAbstract ? "abstract" : "a delegate")}, so that no value of it can be made");
        }

        // Constructors of the framework open files and start threads; tuples and the like do not.
        if (IsOfFramework(type) && !typeof(ITuple).IsAssignableFrom(type) && !IsPair(type))
        {
            throw new UnreadableTypeException($"no {name} is made from an input");
        }
    }

    /// <summary>The reader of a type.</summary>
    /// <exception cref="UnreadableTypeException">It has no constructor whose parameters can be read.</exception>
    public static Delegate Reader(Type type, ReaderFactory readers)
    {
        ParameterExpression data = Expression.Parameter(typeof(FuzzedDataProvider), "data");
        ParameterExpression depth = Expression.Parameter(typeof(int), "depth");
        string? problem = null;
        foreach (ConstructorInfo constructor in Constructors(type))
        {
            try
            {
                Expression[] arguments = [.. constructor.GetParameters().Select(parameter => Part(
                    parameter.ParameterType, readers.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter)), data, depth))];
                return Compile(type, Expression.New(constructor, arguments), data, depth);
            }
            catch (UnreadableTypeException failure)
            {
                problem ??= failure.Message;
            }
        }

        if (!type.IsValueType && type.GetConstructor([]) is null)
        {
            throw new UnreadableTypeException(problem ?? $"{TypeSpelling.Short(type)} has no public constructor");
        }

        MemberBinding[] members = [.. Members(type, readers, data, depth)];
        if (members.Length == 0 && problem is not null)
        {
            throw new UnreadableTypeException(problem);
        }

        return Compile(type, Expression.MemberInit(Expression.New(type), members), data, depth);
    }

    private static IEnumerable<ConstructorInfo> Constructors(Type type) => type.GetConstructors()
        .Where(constructor => constructor.GetParameters() is { Length: > 0 } parameters && !(parameters is [var only] && only.ParameterType == type))
        .OrderByDescending(constructor => constructor.GetParameters().Length).ThenBy(constructor => constructor.MetadataToken);

    private static IEnumerable<MemberBinding> Members(Type type, ReaderFactory readers, ParameterExpression data, ParameterExpression depth)
    {
        const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
        foreach (PropertyInfo property in type.GetProperties(Public).Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0))
        {
            if (TryRead(readers, property.PropertyType, new NullabilityInfoContext().Create(property)) is { } reader)
            {
                yield return Expression.Bind(property, Part(property.PropertyType, reader, data, depth));
            }
        }

        foreach (FieldInfo field in type.GetFields(Public).Where(field => !field.IsInitOnly))
        {
            if (TryRead(readers, field.FieldType, new NullabilityInfoContext().Create(field)) is { } reader)
            {
                yield return Expression.Bind(field, Part(field.FieldType, reader, data, depth));
            }
        }
    }

    // Null for what keeps the value it has by itself.
    private static Delegate? TryRead(ReaderFactory readers, Type type, NullabilityInfo nullability)
    {
        try
        {
            return readers.Of(type, nullability);
        }
        catch (UnreadableTypeException)
        {
            return null;
        }
    }

    private static UnaryExpression Part(Type type, Delegate reader, ParameterExpression data, ParameterExpression depth) =>
        Expression.Convert(Expression.Invoke(Expression.Constant(reader), data, Expression.Increment(depth)), type);

    private static Delegate Compile(Type type, Expression made, params ParameterExpression[] parameters) =>
        Expression.Lambda(typeof(ValueReader<>).MakeGenericType(type), made, parameters).Compile();

    // An assembly that was loaded from memory has no location.
    private static bool IsOfFramework(Type type) => type.Assembly.Location is { Length: > 0 } location && Path.GetDirectoryName(location) == FrameworkFolder;

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
}
