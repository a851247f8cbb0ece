using System.Collections;
using System.Reflection;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>Calls of real methods outside the interpreted module: only of types known to be pure, and only where they cannot call back into the module.</summary>
/// <param name="subject">The module that is interpreted.</param>
internal sealed class RealCalls(Module subject)
{
    private static readonly HashSet<Type> Pure =
    [
        typeof(object), typeof(string), typeof(char), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint),
        typeof(long), typeof(ulong), typeof(nint), typeof(float), typeof(double), typeof(decimal), typeof(Math), typeof(MathF), typeof(Array), typeof(Convert), typeof(BitConverter),
        typeof(Buffer), typeof(Enum), typeof(ValueType), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(Guid), typeof(Version), typeof(Uri),
        typeof(System.Text.StringBuilder), typeof(System.Text.Encoding), typeof(System.Text.UTF8Encoding), typeof(System.Globalization.CultureInfo),
        typeof(System.Globalization.NumberFormatInfo), typeof(System.Globalization.CharUnicodeInfo), typeof(System.Globalization.TextInfo),
        typeof(System.Globalization.CompareInfo), typeof(System.Globalization.DateTimeFormatInfo), typeof(System.Runtime.CompilerServices.RuntimeHelpers), typeof(StringComparer),
        typeof(System.Numerics.BigInteger), typeof(System.Numerics.BitOperations), typeof(Tuple), typeof(EventArgs), typeof(Attribute),
        typeof(System.IO.StringWriter), typeof(System.IO.StringReader), typeof(System.IO.TextWriter), typeof(System.IO.TextReader), typeof(System.IO.MemoryStream),
        typeof(IEnumerator), typeof(IEnumerable), typeof(IDisposable), typeof(ICollection), typeof(IList), typeof(Random),
        typeof(System.Threading.Interlocked), typeof(System.Threading.Volatile), typeof(System.Diagnostics.Debug),
    ];

    private static readonly HashSet<string> Collections =
    [
        "List`1", "Dictionary`2", "HashSet`1", "Stack`1", "Queue`1", "KeyValuePair`2", "Enumerator", "IEnumerable`1", "IEnumerator`1", "ICollection`1", "IList`1", "IDictionary`2",
        "IReadOnlyList`1", "IReadOnlyCollection`1", "EqualityComparer`1", "Comparer`1", "LinkedList`1", "LinkedListNode`1", "SortedDictionary`2",
    ];

    // Of collections that hold objects of the module: what moves them without asking them anything.
    private static readonly HashSet<string> MovesOnly =
    [
        ".ctor", "Add", "Push", "Pop", "Peek", "Enqueue", "Dequeue", "Clear", "Insert", "RemoveAt", "get_Item", "set_Item", "get_Count", "ToArray",
        "GetEnumerator", "MoveNext", "get_Current", "Dispose", "get_Key", "get_Value", "AddLast", "AddFirst", "RemoveLast", "RemoveFirst", "get_Last", "get_First",
    ];

    /// <summary>Calls a real method, or makes an object by a real constructor.</summary>
    /// <param name="method">Method or constructor.</param>
    /// <param name="receiver">The object, a boxed structure, or null.</param>
    /// <param name="arguments">Arguments as the method declares them; what it writes through references comes back in them.</param>
    /// <exception cref="NotInterpretableException">The call is not allowed.</exception>
    /// <exception cref="GuestException">The method threw.</exception>
    public object? Invoke(MethodBase method, object? receiver, object?[] arguments)
    {
        if (!IsAllowed(method, receiver, arguments))
        {
            throw new NotInterpretableException($"a call of {method.DeclaringType}::{method.Name}");
        }

        try
        {
            return method is ConstructorInfo constructor && receiver is null ? constructor.Invoke(arguments) : method.Invoke(receiver, arguments);
        }
        catch (TargetInvocationException exception)
        {
            throw new GuestException(exception.InnerException!);
        }
        catch (TargetException) when (receiver is null)
        {
            throw GuestException.NullReference();
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException)
        {
            throw new NotInterpretableException(exception.Message);
        }
    }

    private bool IsAllowed(MethodBase method, object? receiver, object?[] arguments)
    {
        Type type = method.DeclaringType!;
        if (method.IsAbstract && receiver is not null)
        {
            type = receiver.GetType();
        }

        bool known = Pure.Contains(type) || typeof(Exception).IsAssignableFrom(type)
            || (type.Namespace is "System" && type.Name is "ValueTuple`2" or "ValueTuple`3" or "Tuple`2" or "Tuple`3" or "IEquatable`1" or "IComparable`1")
            || (type.Namespace is "System.Collections.Generic" && Collections.Contains(type.Name))
            || (type.IsNested && type.DeclaringType!.Namespace is "System.Collections.Generic" && Collections.Contains(type.DeclaringType.Name));
        known |= type.IsSZArray && method.DeclaringType != type;
        bool comesBack = (receiver is not null && BelongsToModule(receiver)) || arguments.Any(BelongsToModule)
            || type.GetGenericArguments().Any(IsOfModule) || (method.IsGenericMethod && method.GetGenericArguments().Any(IsOfModule));
        bool isPlainCollection = type.Namespace is "System.Collections.Generic" && MovesOnly.Contains(method.Name)
            && !(type.Name is "Dictionary`2" or "HashSet`1" or "SortedDictionary`2" && (IsOfModule(type.GetGenericArguments()[0]) || method.Name == ".ctor"));
        bool isBaseConstructor = method is ConstructorInfo && (type == typeof(object) || typeof(Exception).IsAssignableFrom(type) || type == typeof(Attribute));
        return known && (!comesBack || isPlainCollection || isBaseConstructor);
    }

    private bool BelongsToModule(object? value) => value switch
    {
        null or string => false,
        Delegate d => d.Method.Module == subject || BelongsToModule(d.Target),
        Array array => IsOfModule(array.GetType()) || (array is object?[] items && items.Any(BelongsToModule)),
        _ => IsOfModule(value.GetType()),
    };

    private bool IsOfModule(Type type) => !type.IsEnum
        && ((type.HasElementType && IsOfModule(type.GetElementType()!)) || type.Module == subject || type.GetGenericArguments().Any(IsOfModule));
}
