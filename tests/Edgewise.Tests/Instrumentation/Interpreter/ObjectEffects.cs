using System.Reflection;
using System.Reflection.Metadata;

namespace Edgewise.Tests.Instrumentation.Interpreter;

/// <summary>What the instructions of the object model do (ECMA-335 III.4), and those that go through managed pointers.</summary>
internal sealed class ObjectEffects(Interpreter interpreter, MethodBase method, EvaluationStack stack)
{
    private readonly Module _module = method.Module;
    private readonly Type[] _typeArguments = method.DeclaringType!.GetGenericArguments();
    private readonly Type[] _methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
    private Type? _constrained;

    /// <summary>Does what an instruction does.</summary>
    /// <exception cref="GuestException">It throws.</exception>
    public void Apply(ILOpCode opcode, int token)
    {
        switch (opcode)
        {
            case ILOpCode.Constrained:
                _constrained = TypeOf(token);
                break;
            case ILOpCode.Volatile or ILOpCode.Readonly:
                break;
            case ILOpCode.Call or ILOpCode.Callvirt:
                Call(MethodOf(token), opcode == ILOpCode.Callvirt);
                break;
            case ILOpCode.Newobj:
                NewObject(MethodOf(token));
                break;
            case ILOpCode.Ldstr:
                stack.Push(string.Intern(_module.ResolveString(token)));
                break;
            case ILOpCode.Ldnull:
                stack.Push(null);
                break;
            case ILOpCode.Ldfld or ILOpCode.Ldflda or ILOpCode.Stfld:
                Field(opcode, FieldOf(token));
                break;
            case ILOpCode.Ldsfld:
                stack.Push(new Place.Field(FieldOf(token), null).Load());
                break;
            case ILOpCode.Ldsflda:
                stack.Push(new Place.Field(FieldOf(token), null));
                break;
            case ILOpCode.Stsfld:
                StoreStatic(FieldOf(token));
                break;
            case ILOpCode.Box:
                Type boxed = TypeOf(token);
                Type held = Nullable.GetUnderlyingType(boxed) ?? boxed;
                object? content = StackValue.Narrow(stack.Pop(), held);
                stack.Push(content is not null && held.IsValueType ? new Boxed(Fresh(content)) : content);
                break;
            case ILOpCode.Unbox_any:
                UnboxAny(TypeOf(token));
                break;
            case ILOpCode.Unbox:
                object box = NotNull(Object(stack.Pop()));
                Require(Plain(box.GetType()) == Plain(TypeOf(token)), new InvalidCastException());
                stack.Push(new Place.Box(box));
                break;
            case ILOpCode.Castclass:
                Type cast = TypeOf(token);
                Require(Object(stack.Peek()) is not { } value || cast.IsInstanceOfType(value), new InvalidCastException());
                break;
            case ILOpCode.Isinst:
                Type tested = TypeOf(token);
                object? tried = stack.Pop();
                stack.Push(tested.IsInstanceOfType(Object(tried)) ? tried : null);
                break;
            case ILOpCode.Ldtoken:
                LoadToken(token);
                break;
            case ILOpCode.Ldftn:
                stack.Push(MethodOf(token));
                break;
            case ILOpCode.Ldvirtftn:
                MethodBase named = MethodOf(token);
                stack.Push(VirtualDispatch.Resolve(NotNull(Object(stack.Pop())).GetType(), named));
                break;
            case ILOpCode.Initobj:
                Type initialised = TypeOf(token);
                PlaceOnTop().Store(StackValue.Default(initialised));
                break;
            case ILOpCode.Ldobj:
                stack.Push(PlaceOnTop().Load());
                break;
            case ILOpCode.Stobj:
                StoreIndirect();
                break;
            case ILOpCode.Newarr:
                NewArray(TypeOf(token));
                break;
            case ILOpCode.Ldlen:
                stack.Push((nint)((Array)NotNull(stack.Pop())).LongLength);
                break;
            case ILOpCode.Ldelema:
                (Array array, long at) = Element(stack.Pop(), stack.Pop());
                stack.Push(new Place.Element(array, at));
                break;
            case ILOpCode.Ldelem or (>= ILOpCode.Ldelem_i1 and <= ILOpCode.Ldelem_ref):
                (Array source, long from) = Element(stack.Pop(), stack.Pop());
                stack.Push(Sized(opcode, new Place.Element(source, from).Load()));
                break;
            case ILOpCode.Stelem or (>= ILOpCode.Stelem_i and <= ILOpCode.Stelem_ref):
                StoreElement();
                break;
            case >= ILOpCode.Ldind_i1 and <= ILOpCode.Ldind_ref:
                stack.Push(Sized(opcode, PlaceOnTop().Load()));
                break;
            case ILOpCode.Stind_ref or (>= ILOpCode.Stind_i1 and <= ILOpCode.Stind_r8) or ILOpCode.Stind_i:
                StoreIndirect();
                break;
            default:
                throw new NotInterpretableException($"{opcode}");
        }
    }

    private Type TypeOf(int token)
    {
        Type type = Resolve(() => _module.ResolveType(token, _typeArguments, _methodArguments));
        return type.IsByRefLike || type.IsPointer ? throw new NotInterpretableException($"{type}") : type;
    }

    private MethodBase MethodOf(int token)
    {
        MethodBase found = Resolve(() => _module.ResolveMethod(token, _typeArguments, _methodArguments)!);
        return found.CallingConvention.HasFlag(CallingConventions.VarArgs) ? throw new NotInterpretableException("varargs") : found;
    }

    private FieldInfo FieldOf(int token) => Resolve(() => _module.ResolveField(token, _typeArguments, _methodArguments)!);

    private static T Resolve<T>(Func<T> resolve)
    {
        try
        {
            return resolve();
        }
        catch (Exception exception) when (exception is ArgumentException or TypeLoadException or IOException or MissingMemberException or BadImageFormatException)
        {
            throw new NotInterpretableException(exception.Message);
        }
    }

    private static void Require(bool condition, Exception otherwise)
    {
        if (!condition)
        {
            throw new GuestException(otherwise);
        }
    }

    private static object NotNull(object? value) => value ?? throw GuestException.NullReference();

    private Place PlaceOnTop() => stack.Pop() switch
    {
        Place place => place,
        null => throw GuestException.NullReference(),
        _ => throw new NotInterpretableException("a native pointer"),
    };

    private void Call(MethodBase called, bool isVirtual)
    {
        object?[] values = stack.Pop(called.GetParameters().Length + (called.IsStatic ? 0 : 1));
        Type? constrained = _constrained;
        _constrained = null;
        if (constrained is not null && called.IsStatic)
        {
            throw new NotInterpretableException("a static virtual method");
        }

        if (constrained is { IsValueType: true } && values[0] is Place place)
        {
            MethodBase own = VirtualDispatch.Resolve(constrained, called);
            values[0] = own.DeclaringType == constrained ? place : new Boxed(StackValue.Narrow(place.Load(), constrained)!);
            called = own;
            isVirtual = false;
        }
        else if (constrained is not null && values[0] is Place reference)
        {
            values[0] = reference.Load();
        }

        if (called is MethodInfo { ReturnType.IsByRef: true } && called.Module != _module)
        {
            throw new NotInterpretableException("a call that returns a reference");
        }

        object? result = interpreter.Call(called, values, isVirtual);
        if (called is MethodInfo { ReturnType: { } type } && type != typeof(void))
        {
            stack.Push(result is Place ? result : StackValue.Widen(StackValue.Narrow(result, type), type));
        }
    }

    private void NewObject(MethodBase constructor)
    {
        object?[] values = stack.Pop(constructor.GetParameters().Length);
        if (constructor.DeclaringType!.IsByRefLike || constructor.DeclaringType.IsArray)
        {
            throw new NotInterpretableException($"a new {constructor.DeclaringType}");
        }

        stack.Push(interpreter.Create((ConstructorInfo)constructor, values));
    }

    private void Field(ILOpCode opcode, FieldInfo field)
    {
        object? stored = opcode == ILOpCode.Stfld ? stack.Pop() : null;
        object owner = NotNull(stack.Pop());
        Place place = field.IsStatic ? new Place.Field(field, null)
            : owner is Place structure && field.DeclaringType!.IsValueType ? new Place.FieldOfPlace(field, structure)
            : new Place.Field(field, Object(owner is Place reference ? NotNull(reference.Load()) : owner));
        switch (opcode)
        {
            case ILOpCode.Ldfld:
                stack.Push(place.Load());
                break;
            case ILOpCode.Ldflda:
                stack.Push(place);
                break;
            default:
                place.Store(stored);
                break;
        }
    }

    private void StoreStatic(FieldInfo field)
    {
        if (field.IsInitOnly)
        {
            throw new NotInterpretableException("a class constructor");
        }

        field.SetValue(null, StackValue.Narrow(stack.Pop(), field.FieldType));
    }

    private void UnboxAny(Type type)
    {
        object? value = Object(stack.Pop());
        if (Nullable.GetUnderlyingType(type) is null && type.IsValueType)
        {
            NotNull(value);
        }

        Type expected = Nullable.GetUnderlyingType(type) ?? type;
        Type? found = value?.GetType();
        bool fits = value is null || (type.IsValueType ? Plain(found!) == Plain(expected) : expected.IsInstanceOfType(value));
        Require(fits, new InvalidCastException());
        stack.Push(StackValue.Widen(value, type));
    }

    private static Type Plain(Type type) => type.IsEnum ? Enum.GetUnderlyingType(type) : type;

    private void LoadToken(int token)
    {
        MemberInfo member = Resolve(() => _module.ResolveMember(token, _typeArguments, _methodArguments)!);
        stack.Push(member switch
        {
            Type type => type.TypeHandle,
            FieldInfo field => field.FieldHandle,
            _ => throw new NotInterpretableException("ldtoken of a method"),
        });
    }

    private void NewArray(Type element)
    {
        long length = stack.Pop() switch { int n => n, nint n => n, var other => (long)other! };
        Require(length >= 0, new OverflowException());
        if (length > 1_000_000)
        {
            throw new NotInterpretableException("a large array");
        }

        stack.Push(Array.CreateInstance(element, length));
    }

    private static (Array Array, long Index) Element(object? index, object? array)
    {
        var found = (Array)NotNull(array);
        long at = index is nint n ? n : (int)index!;
        return at >= 0 && at < found.LongLength ? (found, at) : throw GuestException.IndexOutOfRange();
    }

    private void StoreElement()
    {
        object? value = stack.Pop();
        (Array array, long at) = Element(stack.Pop(), stack.Pop());
        Type element = array.GetType().GetElementType()!;
        Require(element.IsValueType || value is null || element.IsInstanceOfType(Object(value)), new ArrayTypeMismatchException());
        new Place.Element(array, at).Store(value);
    }

    private void StoreIndirect()
    {
        object? value = stack.Pop();
        PlaceOnTop().Store(value);
    }

    // Two boxes of one variable are two objects, though one object is what holds the variable's value here.
    private static object Fresh(object value)
    {
        Array copy = Array.CreateInstance(value.GetType(), 1);
        copy.SetValue(value, 0);
        return copy.GetValue(0)!;
    }

    private static object? Object(object? value) => value is Boxed boxed ? boxed.Value : value;

    // `ldind.u1` of a bool, `ldelem.i2` of a char: the opcode decides how the bits are widened.
    private static object? Sized(ILOpCode opcode, object? value) => opcode switch
    {
        ILOpCode.Ldind_i1 or ILOpCode.Ldelem_i1 => Conversion.Convert(ILOpCode.Conv_i1, value),
        ILOpCode.Ldind_u1 or ILOpCode.Ldelem_u1 => Conversion.Convert(ILOpCode.Conv_u1, value),
        ILOpCode.Ldind_i2 or ILOpCode.Ldelem_i2 => Conversion.Convert(ILOpCode.Conv_i2, value),
        ILOpCode.Ldind_u2 or ILOpCode.Ldelem_u2 => Conversion.Convert(ILOpCode.Conv_u2, value),
        _ => value,
    };
}
