using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Edgewise.Runtime.Trace;

/// <summary>Finds the method behind an address of code. Looking a known one up allocates nothing and takes no lock.</summary>
internal static class CalledCode
{
    private static readonly ConcurrentDictionary<nint, Callee> Known = new();
    private static readonly ConcurrentDictionary<nuint, Callee> Handles = new();
    private static readonly ConcurrentDictionary<(nint Type, int Method), Callee> OfNullables = new();
    private static readonly ConstructorInfo NewAction = typeof(Action).GetConstructor([typeof(object), typeof(nint)])!;

    /// <summary>The method at an address that is known; one whose load context is gone no longer is.</summary>
    public static bool TryGet(nint function, [NotNullWhen(true)] out Callee? callee) => Known.TryGetValue(function, out callee) && callee.IsAlive;

    /// <summary>The method whose handle has a value, if it was ever called.</summary>
    public static MethodBase? MethodOf(nuint handle) => Handles.TryGetValue(handle, out Callee? callee) ? callee.Method : null;

    /// <summary>The instance method behind what <c>ldvirtftn</c> gave.</summary>
    /// <param name="receiver">The instance that it gave it for.</param>
    /// <param name="function">The address.</param>
    public static Callee OfInstance(object receiver, nint function)
    {
        if (TryGet(function, out Callee? callee))
        {
            return callee;
        }

        try
        {
            // The runtime itself knows what its virtual dispatch found: a delegate over the address tells. It is never called, so it does not matter which type it has.
            var found = (Action)NewAction.Invoke([receiver, function]);
            return Add(function, Callee.Of(found.Method));
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            return Add(function, Callee.Unknown);
        }
    }

    /// <summary>The method that a delegate with one target calls.</summary>
    public static Callee OfDelegate(Delegate target)
    {
        nint function = target is MulticastDelegate single ? DelegateCode.Of(single) : 0;
        if (function != 0 && TryGet(function, out Callee? callee))
        {
            return callee;
        }

        try
        {
            MethodInfo method = target.Method;

            // Compiled at run time, and its address may be another's later. An open delegate of a virtual method chooses by its first argument.
            return method.DeclaringType is null || (target.Target is null && !method.IsStatic && method.IsVirtual && !method.IsFinal) ? Callee.Unknown
                : function == 0 ? Callee.Of(method)
                : Add(function, Callee.Of(method));
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            return Callee.Unknown;
        }
    }

    /// <summary>The method of a <see cref="Nullable{T}"/> that overrides one of <see cref="object"/>'s.</summary>
    /// <param name="type">The type, no value of which can be boxed.</param>
    /// <param name="method">0: <c>ToString</c>, 1: <c>Equals</c>, 2: <c>GetHashCode</c>.</param>
    public static Callee OfNullable(Type type, int method)
    {
        if (OfNullables.TryGetValue((type.TypeHandle.Value, method), out Callee? callee) && callee.IsAlive)
        {
            return callee;
        }

        callee = type.GetMethod(method switch { 0 => nameof(ToString), 1 => nameof(Equals), _ => nameof(GetHashCode) }, method == 1 ? [typeof(object)] : []) is { } found
            ? Callee.Of(found) : Callee.Unknown;
        Handles[callee.Handle] = callee;
        return OfNullables[(type.TypeHandle.Value, method)] = callee;
    }

    /// <summary>Says which method an address belongs to that <c>ldftn</c> gave.</summary>
    public static void Note(nint function, RuntimeMethodHandle method, RuntimeTypeHandle type)
    {
        try
        {
            Add(function, MethodBase.GetMethodFromHandle(method, type) is { } found ? Callee.Of(found) : Callee.Unknown);
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            Add(function, Callee.Unknown);
        }
    }

    private static Callee Add(nint function, Callee callee)
    {
        Handles[callee.Handle] = callee;
        return Known[function] = callee;
    }

    // What reflection does with methods that the runtime makes: stubs, methods of arrays, of COM objects.
    private static bool IsExpected(Exception failure) =>
        failure is ArgumentException or InvalidOperationException or NotSupportedException or MemberAccessException or TypeLoadException or TargetInvocationException
            or NullReferenceException or InvalidCastException;
}
