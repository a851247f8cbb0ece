using System.Reflection;
using System.Runtime.CompilerServices;
using Edgewise.Tests.Instrumentation.Bodies;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>
/// Runs methods of one module instruction by instruction and counts which way every branch goes. Calls within the module are interpreted as well,
/// so that nothing of it runs uncounted; calls out of it are real calls.
/// </summary>
/// <param name="subject">The module, as the runtime loaded it.</param>
/// <param name="budget">Instructions that one <see cref="Run"/> may take.</param>
/// <param name="observer">Sees every instruction first; or null.</param>
internal sealed class Interpreter(Module subject, long budget, IInstructionObserver? observer = null)
{
    private const int MaximumDepth = 150;

    private readonly Dictionary<MethodBase, InterpretedBody> _bodies = [];
    private readonly RealCalls _realCalls = new(subject);
    private long _left;
    private int _depth;

    /// <summary>Bodies of all methods met so far, with what was counted since the last <see cref="Reset"/>.</summary>
    public IReadOnlyDictionary<MethodBase, InterpretedBody> Bodies => _bodies;

    /// <summary>Forgets what was counted.</summary>
    public void Reset()
    {
        foreach (InterpretedBody body in _bodies.Values)
        {
            body.Reset();
        }
    }

    /// <summary>Runs a method.</summary>
    /// <param name="method">A static method of the module.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it returned, as its return type; or the exception that it threw.</returns>
    /// <exception cref="NotInterpretableException">It needs what the interpreter has not.</exception>
    public object? Run(MethodBase method, object?[] arguments)
    {
        _left = budget;
        _depth = 0;
        try
        {
            object? result = Enter(method, [.. arguments.Zip(method.GetParameters(), (argument, parameter) => StackValue.Widen(argument, parameter.ParameterType))]);
            return method is MethodInfo { ReturnType: { } type } && type != typeof(void) ? StackValue.Narrow(result, type) : null;
        }
        catch (GuestException exception)
        {
            return exception.Thrown;
        }
    }

    /// <summary>Counts an instruction against the budget, and shows it to the observer.</summary>
    public void Step(MethodBase method, Instruction instruction, EvaluationStack stack)
    {
        observer?.Before(method, instruction, stack);
        if (--_left < 0)
        {
            throw new NotInterpretableException("it takes too long");
        }
    }

    /// <summary>Calls a method with values from the stack, the receiver first; a structure's receiver is a <see cref="Place"/>.</summary>
    public object? Call(MethodBase method, object?[] values, bool isVirtual)
    {
        if (!method.IsStatic)
        {
            object? receiver = values[0] is Place place && !method.DeclaringType!.IsValueType ? place.Load() : values[0];
            if (receiver is null && Nullable.GetUnderlyingType(method.DeclaringType!) is null)
            {
                throw GuestException.NullReference();
            }

            if (receiver is Delegate function && method.Name == "Invoke" && typeof(Delegate).IsAssignableFrom(method.DeclaringType))
            {
                return CallDelegate(function, values[1..]);
            }

            if (isVirtual && receiver is not Place)
            {
                method = VirtualDispatch.Resolve((receiver is Boxed boxed ? boxed.Value : receiver!).GetType(), method);
            }

            values[0] = receiver is Boxed box && method.DeclaringType!.IsValueType ? new Place.Box(box.Value) : receiver;
        }

        return method.Module == subject ? Enter(method, values) : CallReal(method, values);
    }

    /// <summary><c>newobj</c>: makes an object with values from the stack.</summary>
    public object? Create(ConstructorInfo constructor, object?[] values)
    {
        Type type = constructor.DeclaringType!;
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var target = (MethodInfo)values[1]!;
            return Delegate.CreateDelegate(type, values[0] is Boxed first ? first.Value : values[0], target);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return StackValue.Widen(StackValue.Narrow(values[0], underlying), underlying);
        }

        if (constructor.Module != subject)
        {
            return StackValue.Widen(_realCalls.Invoke(constructor, null, Declared(constructor, values)), type);
        }

        object made = RuntimeHelpers.GetUninitializedObject(type);
        if (!type.IsValueType)
        {
            Enter(constructor, [made, .. values]);
            return made;
        }

        var place = new Place.Box(made);
        Enter(constructor, [place, .. values]);
        return place.Load();
    }

    private object? CallDelegate(Delegate function, object?[] values)
    {
        object? result = null;
        foreach (Delegate single in function.GetInvocationList())
        {
            bool closed = single.Target is not null;
            object?[] arguments = closed ? [StackValue.Widen(single.Target, typeof(object)), .. values] : [.. values];
            if (single.Method.DeclaringType is null)
            {
                throw new NotInterpretableException("a dynamic method");
            }

            result = Call(single.Method, arguments, isVirtual: false);
        }

        return result;
    }

    private object? Enter(MethodBase method, object?[] arguments)
    {
        if (!_bodies.TryGetValue(method, out InterpretedBody? body))
        {
            body = InterpretedBody.Of(method) ?? throw new NotInterpretableException($"{method.Name} has no body");
            _bodies[method] = body;
        }

        if (++_depth > MaximumDepth)
        {
            throw new NotInterpretableException("it goes too deep");
        }

        try
        {
            RuntimeHelpers.RunClassConstructor(method.DeclaringType!.TypeHandle);
            return new Frame(this, method, body, arguments).Run();
        }
        finally
        {
            _depth--;
        }
    }

    private object? CallReal(MethodBase method, object?[] values)
    {
        if (method.IsStatic)
        {
            object?[] arguments = Declared(method, values);
            return WriteBack(method, values, arguments, _realCalls.Invoke(method, null, arguments));
        }

        object?[] rest = values[1..];
        object?[] declared = Declared(method, rest);
        if (values[0] is not Place place)
        {
            return WriteBack(method, rest, declared, _realCalls.Invoke(method, values[0] is Boxed boxed ? boxed.Value : values[0], declared));
        }

        if (Nullable.GetUnderlyingType(method.DeclaringType!) is { } underlying)
        {
            return CallNullable(method, place, rest, underlying);
        }

        object? box = StackValue.Narrow(place.Load(), method.DeclaringType!);
        object? before = RuntimeHelpers.GetObjectValue(box);
        object? result = _realCalls.Invoke(method, box, declared);
        if (!Equals(before, box))
        {
            place.Store(StackValue.Widen(box, method.DeclaringType!));
        }

        return WriteBack(method, rest, declared, result);
    }

    private static object? CallNullable(MethodBase method, Place place, object?[] rest, Type underlying)
    {
        switch (method.Name)
        {
            case "get_HasValue":
                return place.Load() is null ? 0 : 1;
            case "GetValueOrDefault":
                return place.Load() ?? (rest.Length == 1 ? rest[0] : StackValue.Default(underlying));
            case "get_Value":
                return place.Load()
                    ?? throw new GuestException(new InvalidOperationException("Nullable object must have a value."));
            case ".ctor":
                place.Store(rest[0]);
                return null;
            default:
                throw new NotInterpretableException($"{method.Name} of a nullable structure");
        }
    }

    private static object?[] Declared(MethodBase method, object?[] values)
    {
        ParameterInfo[] parameters = method.GetParameters();
        object?[] arguments = new object?[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Type type = parameters[i].ParameterType;
            arguments[i] = type.IsByRef
                ? StackValue.Narrow(((Place)values[i]!).Load(), type.GetElementType()!)
                : StackValue.Narrow(values[i], type);
        }

        return arguments;
    }

    private static object? WriteBack(MethodBase method, object?[] values, object?[] arguments, object? result)
    {
        ParameterInfo[] parameters = method.GetParameters();
        for (int i = 0; i < values.Length; i++)
        {
            if (parameters[i].ParameterType.IsByRef && !parameters[i].IsIn)
            {
                ((Place)values[i]!).Store(StackValue.Widen(arguments[i], parameters[i].ParameterType.GetElementType()!));
            }
        }

        return method is not MethodInfo { ReturnType: { } type } ? null
            : type.IsByRef || type.IsPointer ? throw new NotInterpretableException($"{method.Name} returns a reference")
            : StackValue.Widen(result, type);
    }
}
